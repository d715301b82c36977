import type { Lexicon } from '../concepts.ts';

export const nl: Lexicon = {
  'account-threat': `
    (account|rekening|toegang|pas|bankpas|betaalpas|mailbox|postvak|profiel|kaart|abonnement|creditcard) ~ (is|wordt|werd|zal|zijn|worden) ~ (geblokkeerd|opgeschort|beperkt|gedeactiveerd|gesloten|uitgeschakeld|verwijderd|stopgezet|bevroren|beëindigd)
    (blokkering|opschorting|deactivering|beperking|sluiting|blokkade|deactivatie) van (~) (account|rekening|toegang|pas|mailbox|kaart)
    (account|rekening|betaalpas|bankpas|pas) (geblokkeerd|opgeschort|beperkt|gedeactiveerd|verloopt|verlopen)
    (blokkeren|deactiveren|beperken|opschorten) (wij|we) (~) (account|rekening|toegang|pas)
  `,
  'unusual-activity': `
    (ongebruikelijke|verdachte|ongeautoriseerde|onbekende|afwijkende|onbevoegde) (activiteit*|inlogpoging*|aanmelding*|transactie*|toegang|login|betaling*|aanmeldpoging*)
    (ingelogd|aangemeld|inlogpoging|aanmelding) (~) (vanaf|vanuit|op) (een) (~) (apparaat|locatie|nieuw|onbekend)
  `,
  'mailbox-trouble': `
    (mailbox|postvak|opslag|opslagruimte|quotum|inbox|postbus) (~) (vol|overschreden|limiet|bereikt|bijna vol)
    (berichten|e mails|mails) (~) (in behandeling|in de wacht|niet afgeleverd|geblokkeerd|in quarantaine|niet bezorgd|vastgehouden|wachten)
    (geen|niet) (~) (berichten|e mails|mails) (~) (ontvangen|verzenden|versturen)
  `,
  'password-expiry': `
    wachtwoord (~) (verloopt|verlopen|vervalt|verstrijkt)
    (huidige|zelfde) wachtwoord (~) (behouden|gebruiken|houden)
  `,
  'payment-problem': `
    (betaling|incasso|afschrijving|creditcard|factuur|betaalmethode) (~) (mislukt|geweigerd|niet gelukt|niet verwerkt|afgewezen|verlopen|gestorneerd|niet worden|openstaand*)
    (probleem|problemen|fout) (met|bij) (~) (betaling*|facturering|creditcard|factuur|incasso)
    (betaalgegevens|betaalmethode|betalingsgegevens|factuurgegevens|creditcardgegevens) (~) (bij|bijwerken|controleren|updaten|bevestigen|te werken|wijzigen)
  `,
  'loss-threat': `
    (permanent|definitief|automatisch) (verwijderd|geblokkeerd|gesloten|gedeactiveerd|verloren|opgeschort|beëindigd)
    (anders|zo niet|indien u niet|als u dit niet|bij geen) (~) (wordt|zal|reageert|doet|worden|zijn|reactie|betaling|geblokkeerd)
    (voorkom*|vermijd*) (~) (blokkering|onderbreking|opschorting|verlies|afsluiting|extra kosten|beslaglegging|blokkade|deurwaarder|deactivering)
    als u (~) niet (~) (bevestig*|verifieer*|bijwerkt|reageert|update)
  `,
  'verify-demand': `
    (verifieer*|bevestig*|valideer*|controleer*|update|heractiveer*|activeer*|deblokkeer*|actualiseer*) (~) (uw|je|jouw) (~) (account|identiteit|gegevens|wachtwoord|rekening|toegang|e mailadres|mailbox|profiel|informatie|pas|bankpas|rekeninggegevens)
    (uw|je|jouw) (~) (account|identiteit|gegevens|wachtwoord|rekening|toegang|e mailadres|mailbox|informatie) (~) (verifiëren|bevestigen|valideren|bij te werken|controleren|updaten|te activeren|heractiveren|deblokkeren|herstellen)
    (verificatie|bevestiging|validatie|heractivatie) (van|vereist|nodig|verplicht) (~) (account|identiteit|gegevens|rekening|)
    (nu|hier) (verifiëren|bevestigen|bijwerken|activeren|updaten|valideren|vernieuwen)
  `,
  'click-demand': `
    (klik|klikken|klikt|tik|druk) (~) (hier|op|link|knop|onderstaande)
    (log|logt|meld|inloggen|aanmelden) (u|je|hier|) (~) (in|aan|via|op|hier)
    (onderstaande|deze|volgende) (link|knop|button)
  `,
  urgency:
    '(dringend|onmiddellijk|direct actie|spoed|zo snel mogelijk|zo spoedig mogelijk|per direct|laatste (herinnering|waarschuwing|kans|aanmaning|kennisgeving|oproep)|belangrijke (mededeling|kennisgeving)|actie vereist|onverwijld|urgent)',
  deadline: `
    (binnen|in de komende|minder dan) (de|) (komende|) (24|48|72|12|24u|48u|7|3|5|twee|drie) (uur|uren|dagen|werkdagen)
    (verloopt|vervalt) (vandaag|morgen|binnenkort|op|over|binnen)
    (uiterlijk|vóór) (vandaag|morgen)
  `,
  'document-share': `
    (document|bestand|factuur|contract|documenten) (~) (gedeeld|ter ondertekening|te ondertekenen|klaar|beschikbaar|gescand)
    (heeft|is) (~) (document|bestand|map) (~) gedeeld
    (bekijk|open|download|bekijken|openen) (het|de|uw|) (document*|bestand*|factuur|fax|bericht)
    (nieuwe fax|beveiligd bericht|versleuteld bericht|gescand document|digitale handtekening)
  `,
  'voice-message': '(voicemailbericht|nieuwe voicemail|gemiste oproep|spraakbericht|voicemail van)',
  'parcel-held': `
    (pakket|zending|bezorging|levering|bestelling|pakketje) (~) (niet bezorgd|kon niet|wordt vastgehouden|vastgehouden|in de wacht|wacht op|niet afgeleverd|mislukt|tegengehouden|geretourneerd|niet worden)
    (bezorgpoging|levering|bezorging) (~) (mislukt|gemist|gefaald)
    (adres|huisnummer) (~) (onvolledig|onjuist|ontbreekt|incompleet|ontbrekend)
  `,
  'delivery-fee': `
    (verzendkosten|invoerrechten|douanekosten|bezorgkosten|inklaringskosten|leveringskosten|invoerkosten) (~) (betalen|van|voldoen|betaald|openstaand*|bedragen)
    (betaal|betalen|voldoe) (~) (verzendkosten|douanekosten|invoerrechten|bezorgkosten)
  `,
  refund: `
    (terugbetaling|teruggave|belastingteruggave|restitutie|terugstorting) (van|staat|aanvragen|ontvangen|in behandeling|beschikbaar|is)
    recht op (~) (terugbetaling|teruggave|restitutie|vergoeding|toeslag)
    (belastingdienst|toeslagen|digid|mijnoverheid|cjib) (~) (teruggave|openstaand*|schuld|verlopen|verifi*|beslag*|betaling|bericht|vernieuw*)
    (dubbel|twee keer) (betaald|afgeschreven)
  `,
  prize: `
    (u|je) (~) (gewonnen|bent geselecteerd|bent uitgekozen|uitgeloot|geselecteerd)
    (gefeliciteerd|proficiat) (~) (u|je|gewonnen|geselecteerd|winnaar)
    (claim*|verzilver*|ontvang*|inwissel*) (~) (prijs|cadeau|beloning|punten|cadeaubon|bonus)
    (enquête|vragenlijst|winactie) (~) (cadeau|beloning|winnen|minuten|prijs)
  `,
  'subscription-renewal': `
    (abonnement|licentie|lidmaatschap|domeinnaam) (~) (verlengd|vernieuwd|verlopen|verloopt|verlenging)
    automatische (verlenging|vernieuwing)
  `,
  'charge-notice': `
    (bedrag|betaling) (~) (afgeschreven|in rekening|geïncasseerd)
    (afgeschreven|geïncasseerd) van uw (rekening|creditcard)
  `,
  'call-us': `
    (bel|belt|bellen|neem contact) (~) (met|naar|op|nummer|klantenservice|direct|ons|helpdesk)
    (gratis nummer|telefoonnummer|klantenservice op)
  `,
  infected: `
    (computer|apparaat|pc|telefoon) (~) (geïnfecteerd|gevaar|besmet|gehackt|risico)
    (virus|virussen|bedreigingen) (~) (gedetecteerd|gevonden)
    (antivirus|virusscanner|bescherming|norton|mcafee) (~) (verlopen|verloopt|vernieuw*)
  `,
  opener: `
    (ben je|bent u) (~) (beschikbaar|op kantoor|vrij|bezig|achter je bureau|aanwezig)
    (heb je|heeft u) (~) (even tijd|een moment|een minuut|even|tijd)
    (snelle|kleine|dringende|vertrouwelijke|korte) (taak|gunst|klus|opdracht|vraag|kwestie|zaak)
    (zit|ben) (~) (in een vergadering|in vergadering|in een meeting|in bespreking)
    kan (~) niet (~) (bellen|praten|telefoon*|spreken)
    (stuur|geef|mail) (me|mij) (~) (mobiele nummer|telefoonnummer|whatsapp nummer|06 nummer|mobiel nummer|nummer)
  `,
  secrecy: `
    (strikt|uiterst|zeer) (vertrouwelijk|geheim|discreet)
    (niemand|met niemand) (~) (bespreken|vertellen|over|hierover|weten)
    (vertrouwelijk|onder ons|geheim) (~) (houden|blijven|behandelen)
  `,
  'gift-card':
    '(cadeaukaarten|cadeaukaart|cadeaubonnen|google play kaarten|itunes kaarten|steam kaarten|giftcards)',
  'payroll-change': `
    (wijzig*|aanpass*|veranderen|verander*|nieuw*|update) (~) (rekeningnummer|bankrekening|bankgegevens|rekening) (~) (salaris|loon|salarisbetaling)
    (salaris|loon|salarisbetaling|salarisrekening) (~) (nieuwe rekening|ander rekeningnummer|nieuw rekeningnummer|andere rekening|nieuwe bankrekening|wijzigen)
  `,
  'bank-change': `
    (bankgegevens|rekeningnummer|bankrekening|rekeninggegevens|betaalgegevens|iban|bankrekeningnummer) (~) (~) (gewijzigd|nieuw|nieuwe|veranderd|aangepast|niet meer|wijzigt|vervangen|verandert|bijgewerkt)
    (nieuwe|nieuw|gewijzigde|gewijzigd|andere|ander|aangepaste) (bankgegevens|rekeningnummer|bankrekening|rekening|iban|rekeninggegevens|bankrekeningnummer|betaalgegevens)
    (wijziging|verandering|aanpassing|wijzigen) (van|in|onze|ons) (onze|ons|het|de|uw|) (bankgegevens|rekeningnummer|bankrekening|iban|bank|rekeninggegevens|bankrekeningnummer|betaalgegevens)
    (van bank|bank|andere bank) (~) (veranderd|gewisseld|overgestapt|overgestapt)
    (oude|huidige|vorige) (rekening|rekeningnummer|bankrekening|iban) (~) (~) (gesloten|niet meer|opgeheven|geblokkeerd|audit|controle|niet)
    (betalingen|betaling|facturen) (~) (~) (op|naar) (~) (nieuwe|nieuw|volgende|andere) (rekening|rekeningnummer|iban|bankrekening)
  `,
  'transfer-request': `
    (dringende|spoed|internationale|vertrouwelijke) (overboeking|betaling|overschrijving|spoedbetaling)
    spoedbetaling
    (overboeking|betaling|overschrijving) (~) (vandaag|direct|onmiddellijk|spoed) (~) (uitvoeren|doen|regelen|verwerken|worden)
    (overboeking|betaling|overschrijving) (uitvoeren|regelen|klaarzetten)
  `,
  inheritance:
    '(erfenis|erfgenaam|nabestaande|nalatenschap|overleden klant|overleden cliënt|overleden echtgenoot|testament)',
  lottery: '(loterij|staatsloterij|trekking|winnend nummer|winnend lot|euromiljoenen|lottowinnaar)',
  donation: `
    (doneren|donatie|schenken|schenking|gedoneerd) (~) (van|miljoen|euro|dollar|u|aan u)
    (liefdadigheid|weeshuis|weeshuizen|wezen|minderbedeelden|goede doelen)
  `,
  'fund-offer': `
    (som|bedrag|totaal|waarde|fonds) van (_|) (_|) (_|) (miljoen|miljoenen|dollar|000 000)
    (_|) miljoen (euro|dollar|usd|pond|amerikaanse)
    (zakelijk voorstel|zakenvoorstel|zakenpartner|zakelijke transactie|betrouwbare partner)
  `,
  'partner-wanted': `
    (ik ben|mijn naam is) (de heer|mevrouw|dhr|mevr|mr|mrs|advocaat|dr|prins|barrister|weduwe|directeur)
    (god zegene|beste vriend|lieve vriend|geliefde|in de naam van god|beste begunstigde)
    (uw hulp|uw medewerking|uw samenwerking|uw bijstand)
    (wacht|afwachting|hoop) (op|van) (uw|je) (~) (antwoord|reactie)
  `,
  'extortion-recording': `
    (video|opgenomen|opname|webcam|camera|gefilmd) (~) (masturb*|intiem*|porno*|bevredig*|seksue*)
    (toegang|controle|gehackt) (~) (camera|webcam|apparaten|contacten|microfoon|apparaat)
    (masturb*|pornosites|pornowebsites|websites voor volwassenen|pornografi*)
    (hacker|trojan|malware|virus) (~) (geïnstalleerd|apparaat|toegang|geïnfecteerd|professionele)
  `,
  'extortion-payment': `
    (bitcoin|btc) (wallet|adres|portemonnee)
    (maak|stuur|betaal|overmaken) (~) (bitcoin|btc|in bitcoin)
  `,
  wallet: `
    (herstelzin|seed phrase|herstelwoorden|privésleutel|herstelcode)
    (wallet|portemonnee) (~) (verifi*|synchronis*|opgeschort|valid*|bijwerk*|koppel*|update*)
  `,
  investment: `
    (investeren|investering|beleggen|belegging|trading) (~) (gegarandeerd*|winst*|rendement|bitcoin|crypto*|forex)
    (passief inkomen|financiële vrijheid|rijk worden|geld verdienen)
  `,
  dating:
    '(eenzame vrouwen|geile|hete singles|rijpe vrouwen|singles in de buurt|sexdate*|seksdate*|vreemdgaan|russische vrouwen)',
  pharmacy:
    '(zonder recept|erectie|erectiestoornis|erectieproblemen|impotentie|online apotheek|prostaat|libido|potentie)',
  loan: `
    (lening|leningen|krediet) (~) (snel|goedkope|aanbod|rente|goedgekeurd|direct|particulier*|zonder bkr|aanvragen|aanbieding)
    (zonnepanelen|traplift|energierekening|zorgverzekering|uitvaartverzekering|warmtepomp) (~) (gratis|bespaar*|vergelijk*|offerte*|subsidie)
  `,
  casino: '(online casino|gratis spins|gokkasten|welkomstbonus|sportweddenschappen|zonder storting)',
  'weight-loss': '(afvallen|vetverbranding|vet verbranden|buikvet|kilo kwijt|gewicht verliezen|slank*)',
  'easy-money':
    '(thuiswerk|thuis werken|vanuit huis geld|snel geld|extra inkomen|geld verdienen|bijverdien*|zonder ervaring)',
  'search-ranking':
    '(hoger in google|eerste pagina van google|zoekmachineoptimalisatie|meer bezoekers|bovenaan in google)',
  'sales-pitch':
    '(exclusief aanbod|exclusieve aanbieding|bestel nu|koop nu|alleen vandaag|zolang de voorraad|gratis|vrijblijvend|niet goed geld terug|gegarandeerd|laatste kans|ongelooflijk|korting|aanbieding|op is op|profiteer)',
  'not-spam': '(geen spam|uitschrijven|afmelden|niet meer ontvangen|van de lijst)',
  'generic-greeting': `
    (beste|geachte|hallo|waarde) (heer of mevrouw|) (klant|gebruiker|rekeninghouder|kaarthouder|lid|abonnee|relatie|cliënt|belastingbetaler|begunstigde|accounthouder|burger)
    (beste|geachte|hallo) (_|_ _) (klant|gebruiker|lid|abonnee|rekeninghouder)
  `,
  unsubscribe:
    '(uitschrijven|afmelden|bekijk (deze e mail|online|in (je|uw) browser)|niet meer ontvangen|voorkeuren (beheren|wijzigen)|webversie)',
  transaction:
    '(ordernummer|bestelnummer|factuurnummer|klantnummer|track en trace|trackingnummer|subtotaal|btw|totaalbedrag|afleveradres|factuuradres|betaaltermijn|vervaldatum|pakbon|offertenummer|reserveringsnummer|factuurdatum)',
  'warning-talk':
    '(phishing|oplichters|oplichting|valse e mails|nepmails|fraude voorkomen|vragen (wij|we) nooit|vraagt nooit|zullen (u|je) nooit)',
  'if-not-you': `
    (als|heeft|heb|indien) (u|je|jij) (~) (niet|geen) (~) (aangevraagd|gedaan|was|bent|uitgevoerd|gevraagd|geplaatst)
    negeer (~) (bericht|e mail|mail)
  `,
  'help-desk': `
    (technische|it|ict|systeem|webmail|mail) (dienst|helpdesk|ondersteuning|support|afdeling|beheer|team|servicedesk)
    (systeembeheerder|e mailbeheerder|webmaster|beveiligingsteam|klantenservice team|mailbeheerder)
  `,
};
