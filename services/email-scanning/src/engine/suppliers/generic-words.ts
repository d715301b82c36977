/**
 * Words that many companies have in their names and domains. A name that is nothing else says nothing about which company is
 * meant, and a domain that has one of them imitates nobody.
 */
export const genericWords: ReadonlySet<string> = new Set(
  `accounting agency agentur automation automotive bank bau beauty beton billing bosch building business cafe capital care center
  centre chemie chemical cleaning cloud commerce company computer connect construction consult consulting control creative data
  dental design deutschland digital direct distribution double edition electric electro electronic electronics elektro elektronik
  energie energy engineering england espana europa europe express fashion finance financial fitness food foods france garden
  germany global glass gmbh green group groupe grupo gruppe handel health holding home hotel house immobilien import industrial
  industrie industries industry info innovation international internet invest investment italia italy kunststoff label labs legal
  logistic logistica logistics logistik logistique machine machines management manufacturing market marketing maschinenbau master
  materials media medical metal metall metals mobile montage motor motors music naturals nederland network networks office online
  packaging paper partner partners parts personal pharma photo plast plastic plastics power premium print printing production
  products project projects quality restaurant retail schweiz science security service services shipping shop smart software solar
  solution solutions spain spedition stahl steel store studio supplies supply support systems systeme technic technik technology
  technologies telecom textile tools tours trade trading training transport transporte transports travel trust union united
  universal utility vertrieb wasser water werkzeug wholesale wood world`.split(/\s+/),
);

/** What fraudsters add to a company's name to make a domain that sounds like one of its departments. */
export const departmentWords: readonly string[] =
  `accounting administracion administratie administration amministrazione accounts accountspayable ap app ar auth bank banking bill billing buchhaltung co com compta comptabilite contabilidad
  contabilita contact corp credit de demo email eu euro example facturacion facturation fattura fatture fatturazione finance finances finanzas finanzen fr gmbh
  group help hq inc info int international intl invoice invoices invoicing ltd llc mail my net office online orders org pay payable
  pagamenti pagos paiement paiements payment payments portal rechnung rechnungen remittance sales sas secure security service services shop srl support team treasury
  uk us verify web zahlung zahlungen factuur facturen betaling betalingen`.split(/\s+/);
