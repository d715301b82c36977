import { brand } from './brand.ts';

/** Authorities and public services. */
export const authorities = [
  brand('IRS', 'irs|internal revenue service', 'irs.gov treasury.gov'),
  brand('Social Security Administration', 'social security administration', 'ssa.gov'),
  brand('HMRC', 'hmrc|hm revenue', 'hmrc.gov.uk www.gov.uk gov.uk'),
  brand('NHS', 'nhs', 'nhs.uk nhs.net'),
  brand('DVLA', 'dvla', 'dvla.gov.uk gov.uk'),
  brand('TV Licensing', 'tv licensing', 'tvlicensing.co.uk'),
  brand('Canada Revenue Agency', 'canada revenue agency', 'cra-arc.gc.ca canada.ca gc.ca'),
  brand('myGov', 'mygov', 'my.gov.au gov.au'),
  brand('ATO', 'australian taxation office', 'ato.gov.au'),
  brand('Impôts', 'impots gouv|direction generale des finances publiques|dgfip', 'impots.gouv.fr gouv.fr'),
  brand('Ameli', 'ameli|assurance maladie', 'ameli.fr assurance-maladie.fr'),
  brand('ANTAI', 'antai', 'antai.gouv.fr gouv.fr'),
  brand('ELSTER', 'elster', 'elster.de bund.de'),
  brand('Agencia Tributaria', 'agencia tributaria', 'agenciatributaria.gob.es gob.es aeat.es'),
  brand('DGT', 'direccion general de trafico', 'dgt.es'),
  brand('INPS', 'inps', 'inps.it'),
  brand('Agenzia delle Entrate', 'agenzia delle entrate', 'agenziaentrate.gov.it agenziaentrate.it'),
  brand('Belastingdienst', 'belastingdienst', 'belastingdienst.nl'),
  brand('DigiD', 'digid', 'digid.nl'),
  brand('Receita Federal', 'receita federal', 'receita.fazenda.gov.br gov.br'),
  brand('E-ZPass', 'e zpass|ezpass|ez pass', 'e-zpassny.com ezpassmd.com ezpassnj.com e-zpassiag.com'),
  brand('Medicare', 'medicare', 'medicare.gov cms.gov hhs.gov', 'common'),
];
