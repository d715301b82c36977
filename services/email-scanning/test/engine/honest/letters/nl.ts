import type { Stationery } from '../../../../training/honest/letter.ts';

export const stationery: Stationery = {
  language: 'nl',
  greeting: 'Geachte {name},',
  closing: 'Hoogachtend,\n{company}',
  unsubscribe: 'Geen nieuwsbrief meer ontvangen',
  browser: 'Webversie',
  people: ['Marloes Bakker', 'Jeroen Smit', 'Ilse Vermeulen'],
  companies: [
    ['Transport Hoekstra', 'transporthoekstra.nl', 'Havenweg 9, 8861 Harlingen'],
    ['Afdichtingen Claes NV', 'claes-afdichtingen.be', 'Nijverheidslaan 40, 8500 Kortrijk'],
    ['Inmakerij De Boomgaard', 'inmakerijdeboomgaard.nl', 'Dijk 77, 4191 Geldermalsen'],
  ],
};

export const letters = `
invoice
Uw maandfactuur staat klaar
Factuur {no} staat klaar in het klantenportaal. Het bedrag van {amount} € wordt op {date} automatisch geïncasseerd.
U hoeft niets te doen.
> Factuur openen

order
Orderbevestiging {no}
Wij bevestigen uw opdracht en danken u voor het vertrouwen. Vertrek uit de fabriek in week 41.
| O-ring 40 x 3, 300 st. | 96,00 €
| Koppeling messing 1/2, 50 st. | 118,00 €
| Totaal | {amount} €

shipping
Aankondiging levering op {date}
Op {date} leveren wij tussen 8 en 12 uur een pallet van 412 kg. Zorgt u voor een heftruck?
Komt het niet uit, bel dan onze planning op 0517 41 22 90.

password-reset
Nieuw wachtwoord voor het portaal
Er is een nieuw wachtwoord aangevraagd voor uw toegang. Volg de link binnen twee uur om het in te stellen.
Was u dat niet? Dan hoeft u niets te doen; uw huidige wachtwoord blijft geldig.
> Wachtwoord instellen

verification
Bevestig je e-mailadres
Bedankt voor je registratie. Bevestig je e-mailadres, dan kunnen we je de bonnen sturen.
> E-mailadres bevestigen

newsletter
Kweepeer, eekhoorntjesbrood en kastanje: oktober
Onze kokkin heeft ingemaakt wat de boomgaard gaf en geeft het recept van haar kweepeergelei.
Proefpakket met zes potten zolang de voorraad strekt, in oktober gratis verzonden.
> Bekijk het proefpakket

reminder
Openstaande posten per {date}
Bij controle van onze boeken blijkt het onderstaande saldo nog open te staan. Wilt u dit voor {date} voldoen of ons laten weten wat er niet klopt?
| Saldo | {amount} €

notice
Reiskosten: nieuw formulier
Vanaf oktober dien je reiskosten alleen nog in via het intranet. De loonstroken staan vrijdag in je persoonlijke map.

receipt
Betaling ontvangen
Wij hebben uw betaling van {amount} € voor factuur {no} ontvangen. Hartelijk dank.
`;
