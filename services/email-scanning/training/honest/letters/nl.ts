import type { Stationery } from '../letter.ts';

export const stationery: Stationery = {
  language: 'nl',
  greeting: 'Beste {name},',
  closing: 'Met vriendelijke groet,\nHet team van {company}',
  unsubscribe: 'Uitschrijven',
  browser: 'Bekijk online',
  people: ['Sanne de Boer', 'Pieter Jansen', 'Femke Visser', 'Ruben Mulder'],
  companies: [
    ['Houthandel Van Rijn', 'houthandelvanrijn.nl', 'Kade 18, 3011 AB Rotterdam'],
    ['Kantoorhuis Dekker', 'kantoorhuisdekker.nl', 'Dorpsstraat 5, 7411 KM Deventer'],
    ['Gereedschap Peeters BV', 'gereedschap-peeters.be', 'Leuvensesteenweg 210, 3000 Leuven'],
  ],
};

export const letters = `
invoice
Factuur {no}
Hierbij ontvangt u factuur {no} van {date} voor de geleverde goederen. Bedankt voor uw bestelling.
Wij verzoeken u het bedrag binnen 30 dagen over te maken op onze bij u bekende rekening, onder vermelding van het factuurnummer.
| Subtotaal | 265,00 €
| Btw 21% | 55,65 €
| Totaalbedrag | {amount} €
> Factuur bekijken

order
Bevestiging van je bestelling {no}
Bedankt voor je bestelling. We maken hem klaar en laten het weten zodra hij verzonden is.
Het afleveradres kun je tot de verzending wijzigen.
| 6 x Notitieboek | 23,70 €
| Verzendkosten | 3,95 €
| Totaal | {amount} €
> Bestelling bekijken

shipping
Je pakket is onderweg
Je bestelling {no} is vandaag aan de bezorger meegegeven. Het trackingnummer is {tracking}.
De bezorging is gepland op {date}. Ben je niet thuis, dan brengt de bezorger het pakket naar een afhaalpunt.
> Volg je pakket

password-reset
Wachtwoord opnieuw instellen
We hebben een verzoek ontvangen om je wachtwoord opnieuw in te stellen. Klik op de knop om een nieuw wachtwoord te kiezen. De link is 24 uur geldig.
Heb je dit niet aangevraagd? Negeer dan dit bericht; je wachtwoord blijft hetzelfde.
> Nieuw wachtwoord kiezen

code
{code} is je inlogcode
Vul de code {code} in om in te loggen. De code is tien minuten geldig.
Deel deze code met niemand. Onze medewerkers vragen er nooit om.

newsletter
Herfst in de werkplaats: nieuws van oktober
Deze maand laat onze meubelmaker zien hoe je een oude eikenhouten tafel weer als nieuw maakt.
Ook krijg je tot het einde van de maand 10% korting op alle olie en was, en gratis verzending vanaf 50 euro.
> Lees verder

reminder
Betalingsherinnering factuur {no}
Volgens onze administratie is factuur {no} van {date} nog niet betaald. Waarschijnlijk is dit aan uw aandacht ontsnapt.
Wilt u het openstaande bedrag binnen 7 dagen overmaken? Heeft u al betaald, dan kunt u deze herinnering als niet verzonden beschouwen.
| Openstaand bedrag | {amount} €

receipt
Betaalbewijs van je abonnement
We hebben het maandbedrag van je abonnement afgeschreven. Het wordt automatisch verlengd op {date}; opzeggen kan altijd via je account.
| Abonnement Werkplaats | 12,50 €
| Afgeschreven bedrag | {amount} €
> Download betaalbewijs

statement
Je rekeningoverzicht staat klaar
Je overzicht van deze maand staat klaar in internetbankieren onder Documenten.
Wij vragen nooit per e-mail om je codes. Pas op voor phishing.

notice
Kantoor vrijdagmiddag gesloten
Vrijdag sluit het kantoor om 13 uur omdat de elektriciteit wordt gekeurd.
Lever je declaraties voor {date} in bij de administratie. Fijn weekend alvast.

quote
Offerte {no}
Bedankt voor uw aanvraag. Hierbij onze offerte, geldig tot {date}.
De levertijd is ongeveer drie weken na opdracht. Heeft u vragen, dan hoor ik het graag.
| 60 m² eiken vloerdelen | 2.100,00 €
| Transport | 75,00 €

delay
Vertraging van je bestelling {no}
Helaas is je bestelling {no} vertraagd. We verwachten nu dat we op {date} kunnen leveren.
Wil je niet wachten? Dan kun je de bestelling gratis annuleren in je account.
> Bestelling bekijken
`;
