import type { Lexicon } from '../concepts.ts';

export const de: Lexicon = {
  'account-threat': `
    (konto|kontos|zugang|postfach|karte|profil|zugriff|onlinebanking|banking|benutzerkonto|kundenkonto|kreditkarte|photoTAN) ~ (wurde|wird|ist|bleibt|werden) ~ (gesperrt|eingeschränkt|deaktiviert|blockiert|geschlossen|stillgelegt|begrenzt|ausgesetzt|gelöscht|limitiert|suspendiert|eingefroren)
    (konto|zugang|postfach|karte|karten) (gesperrt|eingeschränkt|deaktiviert|läuft ab|sperrung|sperre|sperren)
    (sperrung|einschränkung|deaktivierung|schließung|löschung|aussetzung) (ihres|ihrer|des|deines|vom|von) ~ (konto*|zugang*|postfach*|karte|kontos|benutzerkontos|profils)
    (sperren|deaktivieren|schließen|einschränken|löschen) wir ~ (konto|zugang|karte|postfach)
    (kontosperrung|zugangssperre|kontoeinschränkung|kontodeaktivierung|sicherheitssperre)
  `,
  'unusual-activity': `
    (ungewöhnliche*|verdächtige*|unbefugte*|unberechtigte*|nicht autorisierte|unautorisierte*|auffällige*|unbekannte*) (aktivität*|anmeldung*|anmeldeversuch*|zugriff*|transaktion*|login*|vorgänge|kontobewegung*|zahlung*|abbuchung*)
    (ungewöhnlichen|ungewöhnliche|verdächtige|verdächtigen|unbefugten|unberechtigten|unbekannten|unbekanntes|neuen|neues) (zugriff*|aktivität*|anmeld*|login*|gerät|transaktion*|zugriffsversuch*|standort)
    (zugriff|anmeldung|login|einloggen) von (einem|einer) (unbekannten|neuen|anderen|fremden)
    (unregelmäßigkeit*|ungereimtheiten) (in|bei|auf|mit|festgestellt)
  `,
  'mailbox-trouble': `
    (postfach|mailbox|speicher|speicherplatz|email konto|e mail konto|cloud speicher) ~ (voll|erschöpft|überschritten|ausgelastet|aufgebraucht|überlastet|begrenzt)
    (speicherplatz|kontingent|speicherlimit|quota|speichergrenze) ~ (überschritten|erreicht|voll|erschöpft)
    (ausstehende*|zurückgehaltene*|nicht zugestellte|blockierte*|unzustellbare*|neue*|eingehende*) (nachrichten|e mails|emails|mails|nachricht) (werden|wurden|warten|freigeben|anzeigen|konnten|in der|abrufen)
    (keine|nicht mehr) (e mails|emails|nachrichten|mails) (mehr|) (empfangen|senden|versenden|erhalten)
  `,
  'password-expiry': `
    (passwort|kennwort) ~ (läuft|abgelaufen|abläuft|laeuft|erneuern|verfällt)
    (passwort|kennwort) (beibehalten|behalten|weiterhin verwenden)
    phototan ~ (läuft|abgelaufen|abläuft|aktualisier*|erneuer*|aktivier*)
  `,
  'payment-problem': `
    (zahlung|lastschrift|abbuchung|zahlungsmethode|zahlungsart|kreditkarte|rechnung|beitrag) ~ (fehlgeschlagen|abgelehnt|nicht durchgeführt|nicht verarbeitet|nicht eingezogen|nicht abgebucht|zurückgewiesen|abgelaufen|nicht bearbeitet|storniert|nicht verbucht|zurückgegeben)
    (problem|probleme|schwierigkeiten) (mit|bei) (ihrer|der|deiner) ~ (zahlung*|abrechnung*|rechnung*|kreditkarte|abbuchung)
    (zahlungsdaten|zahlungsinformationen|zahlungsmethode|rechnungsdaten|kreditkartendaten|zahlungsart) ~ (aktualisier*|überprüf*|bestätig*|ändern|hinterlegen)
  `,
  'loss-threat': `
    (dauerhaft|endgültig|unwiderruflich|automatisch) (gesperrt|gelöscht|deaktiviert|geschlossen|verloren|entfernt)
    (andernfalls|ansonsten|sonst|anderenfalls) (wird|werden|müssen|sehen|verlieren|ist|erfolgt)
    (wenn|falls|sollten) sie (~) (nicht|ignorieren|versäumen) (~) (bestätig*|aktualisier*|handeln|reagieren|nachkommen|verifizier*|durchführen)
    (um|damit) (~) (sperrung|einschränkung|unterbrechung|verlust|schließung|löschung|deaktivierung) (~) (zu|) (vermeiden|verhindern)
    (bearbeitungsgebühr|gebühr) ~ (berechnet|erhoben|in rechnung)
  `,
  'verify-demand': `
    (bestätig*|verifizier*|überprüf*|aktualisier*|validier*|legitimier*|reaktivier*|authentifizier*|entsperr*) (sie|) (bitte|) (ihr|ihre|ihren|ihrer|ihres|dein|deine|das|die) (~) (konto|daten|identität|angaben|informationen|passwort|zugang|zugangsdaten|kontodaten|e mail adresse|postfach|profil|kundendaten|telefonnummer|adresse|banking|kontoinformationen|personalien|karte)
    (ihr|ihre|ihren|ihrer|dein|deine) (~) (konto|daten|identität|angaben|informationen|passwort|zugang|zugangsdaten|kontodaten|kundendaten|postfach|profil|personalien) (~) (zu|) (bestätigen|verifizieren|überprüfen|aktualisieren|validieren|legitimieren|reaktivieren|abgleichen|entsperren|freischalten|wiederherzustellen)
    (datenabgleich|kontoverifizierung|identitätsprüfung|datenbestätigung|kundenverifizierung|verifizierungsprozess|legitimationsprüfung|kontobestätigung|datenaktualisierung|jetzt (bestätigen|verifizieren|aktualisieren|entsperren|freischalten|reaktivieren)|verifizierung (durchführen|starten|abschließen|erforderlich)|aktualisierung (durchführen|starten|erforderlich))
  `,
  'click-demand': `
    (klicken|klick|klicke|tippen|folgen|nutzen|verwenden|besuchen) (sie|) (bitte|einfach|dazu|jetzt|) (hier|auf|unten|dem|den|diesen|folgenden|nachfolgenden)
    (melden|loggen) sie sich (~) (an|ein|unter|über|mit|hier)
    (über|unter|auf) (den|dem|folgenden|folgendem|nachfolgenden|diesen) (~) (link|button|schaltfläche)
    (hier|jetzt) (klicken|anmelden|einloggen)
    zum (login|kundenbereich|formular|onlinebanking|online banking|mein konto)
  `,
  urgency: `
    (dringend|sofort|umgehend|unverzüglich|schnellstmöglich|eilig|schnellstens|eilt)
    (letzte|wichtige|letztmalige|finale) (mahnung|erinnerung|warnung|mitteilung|benachrichtigung|aufforderung|chance)
    (handlungsbedarf|handlung erforderlich|sofortiges handeln|ihre aufmerksamkeit)
  `,
  deadline: `
    (innerhalb|binnen|in den nächsten|innerhalb von|innerhalb der nächsten|in weniger als) (von|der|den|) (nächsten|) (24|48|72|12|zwei|drei|7|3|5|14|2|24h|48h) (stunden|tagen|werktagen|tage|h|)
    (bis zum|bis spätestens|spätestens (bis|am)|bis morgen|noch heute|läuft (heute|morgen|bald|in))
  `,
  'document-share': `
    (dokument|datei|dokumente|dateien|vertrag|rechnung) (~) (geteilt|freigegeben|bereitgestellt|zur unterschrift|zur unterzeichnung|zu unterzeichnen)
    (hat|wurde|haben) (~) (dokument|datei|ordner) (~) (geteilt|freigegeben|gesendet)
    (dokument|datei|fax|scan) (anzeigen|ansehen|öffnen|herunterladen|unterzeichnen|überprüfen)
    (neues fax|gescanntes dokument|sichere nachricht|verschlüsselte nachricht|neue sichere nachricht)
  `,
  'voice-message': `
    (neue|verpasste|eine) (sprachnachricht|voicemail|sprachmitteilung|anruf|nachricht auf)
    (sprachnachricht|voicemail) (von|erhalten|anhören|abhören|abspielen)
    (verpasster|verpassten) anruf
  `,
  'parcel-held': `
    (paket|sendung|lieferung|päckchen|bestellung) (~) (konnte|kann|wurde|wird|ist) (~) (nicht zugestellt|nicht ausgeliefert|zurückgehalten|angehalten|zurückgesendet|gestoppt|wartet|aufgehalten|nicht geliefert)
    (paket|sendung|päckchen) (wartet|zurückgehalten|angehalten|unzustellbar|in wartestellung|liegt)
    (zustellung|zustellversuch|lieferversuch) (~) (fehlgeschlagen|erfolglos|gescheitert|nicht möglich)
    (unvollständige*|falsche*|fehlende*|unvollständigen*|fehlerhafte*) (adresse|hausnummer|lieferadresse|anschrift|adressangaben)
  `,
  'delivery-fee': `
    (versandkosten|zollgebühr*|zollgebühren|versandgebühr*|einfuhrgebühr*|liefergebühr*|portokosten|zustellgebühr*|zustellungsgebühr*|zollkosten|nachporto) (~) (zahlen|bezahlen|von|begleichen|in höhe|nicht bezahlt|ausstehend|entrichten|beträgt)
    (zahlen|bezahlen|begleichen) sie (~) (versand*|zoll*|gebühr*|porto*|zustell*)
  `,
  refund: `
    (rückerstattung|steuererstattung|erstattung|steuerrückerstattung|rückzahlung|gutschrift) (in höhe|von|steht|beantragen|erhalten|anfordern|über|bestätigen|ausstehend|ihrer|verfügbar)
    (anspruch|berechtigt) (auf|zu|zum) (~) (erstattung|rückerstattung|steuererstattung|rückzahlung|steuerrückerstattung)
    (doppelt|zu viel|zuviel) (bezahlt|gezahlt|abgebucht|überwiesen|belastet)
  `,
  prize: `
    (sie|du) (haben|hast|wurden|wurdest) (~) (gewonnen|ausgewählt|ausgelost)
    (herzlichen glückwunsch|gratulation|glückwunsch) (~) (gewonnen|gewinner|ausgewählt|gewinn|preis)
    (gewinn|preis|prämie|gutschein|geschenk|punkte|belohnung|treuepunkte) (~) (einlösen|sichern|abholen|anfordern|beanspruchen|verfallen)
    (umfrage|gewinnspiel) (~) (teilnehmen|gewinnen|ausfüllen|beantworten|belohnung|teilnahme)
  `,
  'subscription-renewal': `
    (abonnement|abo|mitgliedschaft|lizenz|vertrag) (~) (verlängert|erneuert|verlängerung|abgelaufen|läuft|abläuft)
    (automatische|automatisch) (verlängerung|verlängert|erneuert|erneuerung)
  `,
  'charge-notice': `
    (betrag|summe|zahlung) (~) (abgebucht|belastet|eingezogen|autorisiert)
    (ihrem|ihr) (konto|kreditkarte|paypal konto) (~) (belastet|abgebucht)
  `,
  'call-us': `
    (rufen|kontaktieren) sie (~) (an|unter|telefonisch|sofort|hotline|kundenservice|kundendienst|support)
    (hotline|servicenummer|kundenservice|telefonnummer|kundendienst) (unter|anrufen|nummer)
    (stornieren|kündigen|widerrufen) (~) (anrufen|rufen|hotline|telefonisch)
  `,
  infected: `
    (computer|gerät|system|pc|handy|smartphone) (~) (infiziert|gefährdet|virenbefallen|ungeschützt|gehackt)
    (viren|virus|trojaner|schadsoftware) (~) (gefunden|entdeckt|erkannt)
    (virenschutz|antivirus|norton|mcafee) (~) (abgelaufen|läuft|erneuern|verlängern)
  `,
  opener: `
    (sind sie|bist du) (gerade|im moment|heute|jetzt|) (verfügbar|erreichbar|am platz|im büro|am schreibtisch|frei|beschäftigt|da)
    (haben sie|hast du) (kurz|gerade|einen|einen kurzen|ein paar|) (zeit|moment|minuten|augenblick)
    (kurze|kleine|dringende|vertrauliche|schnelle) (aufgabe|bitte|angelegenheit|frage an|anfrage)
    (bin|sitze|stecke) (gerade|momentan|zurzeit|im moment|) (in einer|im|in einem) (besprechung|meeting|sitzung|konferenz|termin|telefonkonferenz)
    (kann|kannst) (gerade|momentan|im moment|) nicht (telefonieren|sprechen|ans telefon)
    (ihre|deine) (handynummer|mobilnummer|private nummer|whatsapp nummer)
  `,
  secrecy: `
    (streng|absolut|höchst|äußerst|bitte) (vertraulich|geheim|diskret)
    (vertraulich|diskret|geheim) (behandeln|bleiben|behandelt|halten)
    (niemandem|niemanden|mit niemandem|keinem) (~) (sprechen|erzählen|informieren|darüber|davon)
  `,
  'gift-card': `
    (geschenkkarten|gutscheinkarten|geschenkkarte|guthabenkarten|google play karten|itunes karten|amazon gutscheine|steam karten|paysafecard) 
    (codes|code|rückseite) (~) (freirubbeln|rubbeln|fotografieren|schicken)
  `,
  'payroll-change': `
    (gehaltskonto|lohnkonto|gehaltszahlung|gehalt|lohn|gehaltsüberweisung|lohnzahlung|gehaltsabrechnung) (~) (ändern|geändert|neues konto|neue bankverbindung|andere bankverbindung|anderes konto|neue kontoverbindung|aktualisieren|umstellen)
    (bankverbindung|kontodaten|kontoverbindung|bankdaten) (~) (gehalt|lohn|gehaltszahlung|gehaltsabrechnung|lohnabrechnung|gehaltsüberweisung)
    (neue|neuen|neues) (bankverbindung|kontoverbindung|konto|bankdaten) (für|) (mein|meine|meiner|das) (gehalt|gehaltszahlung|lohn|gehaltsabrechnung|nächstes gehalt)
  `,
  'bank-change': `
    (bankverbindung|kontoverbindung|bankdaten|kontodaten|zahlungsdaten|iban|bankkonto) (~) (~) (geändert|neu|neue|neuen|aktualisiert|nicht mehr|gewechselt|umgestellt|ersetzt|gültig|ändert)
    (neue*|neuen*|neues*|geänderte*|aktualisierte*|geänderten*|andere*|anderes*|abweichende*) (bankverbindung|kontoverbindung|bankdaten|kontodaten|bankkonto|konto|iban|zahlungsdaten|zahlungsverbindung)
    (neue|neuen|neues|geänderte|geänderten|aktualisierten|aktualisierte|andere|anderes|abweichende|abweichendes) (bankverbindung|kontoverbindung|bankdaten|kontodaten|bankkonto|konto|iban|zahlungsdaten|zahlungsverbindung)
    (änderung|aktualisierung|umstellung|wechsel) (unserer|der|unseres|ihrer|des) (bank|) (bankverbindung|kontoverbindung|bankdaten|kontodaten|bank|bankkontos|hausbank|kontos|zahlungsdaten)
    (bank|hausbank) (haben|hat|wurde|) (wir|) (gewechselt|geändert)
    (altes|bisheriges|alte|alten|bisherigen|bisherige) (konto|bankkonto|bankverbindung|kontoverbindung) (~) (geschlossen|nicht mehr|aufgelöst|gesperrt|ungültig|geprüft|prüfung)
    (künftige*|zukünftige*|alle*|sämtliche*|ausstehende*|offene*|fällige*) zahlungen (~) (auf|an) (~) (konto|bankverbindung|iban|kontoverbindung)
    (überweisen|zahlen) sie (~) (~) auf (das|unser|unsere|die|ein) (~) (neue|neues|folgende|folgendes|andere|geänderte)
  `,
  'transfer-request': `
    (dringende*|eilige*|sofortige*|internationale*|vertrauliche*) (überweisung|zahlung|banküberweisung)
    (überweisung|zahlung) (~) (heute|sofort|umgehend|dringend) (~) (ausführen|veranlassen|tätigen|vornehmen|durchführen|raus)
    (überweisung|zahlung) (veranlassen|ausführen|tätigen|anweisen|vornehmen)
  `,
  inheritance: `
    (erbschaft|nachlass|nächster angehöriger|nächsten angehörigen|erblasser|verstorbener kunde|verstorbenen kunden|verstorbenen|erbe ihres)
    (nicht beansprucht*|unbeanspruchte|herrenlos*) (~) (gelder|geld|fonds|summe|konto)
  `,
  lottery: `
    (lotterie|lotto|euromillionen|ziehung|gewinnbenachrichtigung|gewinnnummer|losnummer|gewinnerliste)
  `,
  donation: `
    (spende|spenden|schenkung|spenden sie|zuwendung) (~) (millionen|000 euro|000 000|euro an sie|von)
    (wohltätigkeit|wohltätige|waisenhaus|waisenhäuser|bedürftigen|menschheit)
  `,
  'fund-offer': `
    (summe|betrag|höhe|wert) von (_|) (_|) (millionen|mio)
    (_|) millionen (euro|us dollar|dollar|pfund|usd)
    (geschäftsvorschlag|geschäftsangebot|geschäftspartner|geschäftstransaktion|treuhänder)
  `,
  'partner-wanted': `
    (ich bin|mein name ist) (herr|frau|rechtsanwalt|anwalt|prinz|dr|barrister|bankdirektor)
    (gott segne|lieber freund|liebe freundin|liebster|geliebter|geliebte|im namen gottes)
    (ihre|deine) (hilfe|zusammenarbeit|unterstützung|vertrauen|ehrlichkeit|kooperation) (~) (benötig*|brauch*|such*|bitte|erbitt*)
    (für weitere|weitere) (informationen|einzelheiten|details) (~) (kontaktier*|antwort*|mail)
    (warte|freue mich|erwarte) auf (ihre|deine) (~) (antwort|rückmeldung)
  `,
  'extortion-recording': `
    (video|aufnahme|videos|aufzeichnung|webcam|kamera) (~) (masturb*|selbstbefriedig*|intim*|porno*|befriedig*|aufgenommen|aufgezeichnet)
    (zugriff|zugang|kontrolle) (auf|über|zu) (ihre|ihrem|ihr|alle|deine|dein|deinem|allen) (~) (kamera|webcam|geräte|kontakte|gerät|computer|mikrofon|geräten)
    (trojaner|malware|virus|schadsoftware|software) (~) (installiert|infiziert|hochgeladen)
    (masturb*|pornoseiten|pornografi*|erwachsenenseiten|erwachsenenvideos)
    (gehackt|geknackt|ich bin ein hacker)
  `,
  'extortion-payment': `
    (bitcoin|btc|bitcoins) (wallet|adresse|brieftasche|geldbörse)
    (überweis*|zahl*|send*|transferier*) (~) (bitcoin|bitcoins|btc|in bitcoin|euro in bitcoin)
    (in|als) (bitcoin|bitcoins|kryptowährung|btc)
  `,
  wallet: `
    (wiederherstellungsphrase|seed phrase|wiederherstellungswörter|private schlüssel|recovery phrase)
    (wallet) (~) (verifizier*|aktualisier*|bestätig*|gesperrt|sichern|synchronisier*|verbinden)
  `,
  investment: `
    (bitcoin|krypto|trading|kryptowährungen|aktien) (~) (gewinn*|verdien*|rendite|reich|plattform|investier*|handel*)
    (passives einkommen|finanzielle freiheit|hohe rendite|garantierte rendite|garantierter gewinn|schnell reich)
    (verdienen sie|verdient|verdienst) (~) (euro|pro|täglich|am tag|monatlich)
  `,
  dating: `
    (einsame|heiße|attraktive|hübsche|russische|sexy) (frauen|singles|mädchen|damen|hausfrauen)
    (partnersuche|seitensprung|sexkontakte|sextreffen|singlebörse|will dich treffen|traumpartner)
  `,
  pharmacy: `
    (potenz|potenzmittel|erektion*|erektionsstörung*|impotenz|penisvergrößerung|rezeptfrei|ohne rezept|online apotheke|versandapotheke|prostata|testosteron)
  `,
  loan: `
    (kredit|darlehen|sofortkredit|privatkredit|kreditangebot) (~) (ohne schufa|ohne|angebot|zinsen|zinssatz|prozent|sofort|günstig*|vergeben|beantragen|auszahlung)
    (schulden|schuldenfrei|umschuldung|krankenversicherung|zahnzusatzversicherung|sterbegeld*|treppenlift|solaranlage|wärmepumpe) (~) (vergleich*|kostenlos*|sparen|angebot*|sichern|günstig*|testen|jetzt)
  `,
  casino: `
    (online casino|freispiele|spielautomaten|echtgeld|willkommensbonus|bonus ohne einzahlung|sportwetten)
  `,
  'weight-loss': `
    (abnehmen|fettverbrennung|diätpille*|schlank|kilo abnehmen|bauchfett|gewicht verlieren|traumfigur|keto)
  `,
  'easy-money': `
    (heimarbeit|nebenverdienst|nebenjob|geld verdienen|von zuhause|von zu hause) (~) (verdienen|arbeiten|euro|pro|geld|job|woche|monat)
    (schnelles geld|leichtes geld|ohne vorkenntnisse|zusatzeinkommen)
  `,
  'search-ranking': `
    (suchmaschinenoptimierung|google ranking|top ranking|mehr besucher|ihre webseite|ihrer website) (~) (optimier*|ranking|platzierung|verbesser*|google|besucher|suchergebnis*)
  `,
  'sales-pitch': `
    (jetzt (bestellen|kaufen|sichern|zugreifen|zuschlagen|testen|anfordern)|nur heute|nur für kurze zeit|solange der vorrat|gratis|kostenlos testen|risikofrei|ohne risiko|unverbindlich|geld zurück garantie|exklusives angebot|einmalige chance|sonderangebot|garantiert|unglaublich|sensation|geheimtipp|wunder*)
  `,
  'not-spam': `
    (austragen|abmelden|abbestellen|aus dem verteiler|aus unserem verteiler|kein spam)
  `,
  'generic-greeting': `
    (sehr geehrte|sehr geehrter|liebe*|lieber*|hallo*|werter*|werte*|geehrter*|geehrte*) (kunde|kundin|kundinnen|nutzer|nutzerin|benutzer|kontoinhaber|karteninhaber|mitglied|abonnent|postfachnutzer|kontobesitzer|damen und herren kunde|e mail nutzer|freund|begünstigter)
    (sehr geehrte|sehr geehrter|liebe|lieber|hallo|werter|werte|geehrter|geehrte) (_|) (_|) (kunde|kundin|nutzer|nutzerin|benutzer|kontoinhaber|karteninhaber|mitglied|abonnent|kontobesitzer|begünstigter)
  `,
  unsubscribe: `
    (newsletter abbestellen|abbestellen|abmelden|abmeldung|abmeldelink|im browser (ansehen|anzeigen|öffnen)|nicht mehr erhalten|keine weiteren)
  `,
  transaction: `
    (rechnungsnummer|bestellnummer|auftragsnummer|kundennummer|sendungsnummer|buchungsnummer|rechnungsbetrag|zwischensumme|gesamtbetrag|mehrwertsteuer|mwst|zahlungsziel|lieferadresse|rechnungsadresse|lieferschein|auftragsbestätigung|angebotsnummer|vorgangsnummer|rechnungsdatum|fällig am|nettobetrag|ust idnr|vertragsnummer)
  `,
  'warning-talk': `
    (phishing|betrugsmasche|betrüger|betrugsversuch|phishingmails)
    (niemals|nie) (~) (nach ihrem passwort|passwort|pin|zugangsdaten|per e mail)
    (warnen|warnung) vor (~) (phishing|e mails|betrug|gefälschten|mails)
  `,
  'if-not-you': `
    (falls|wenn|sollten|haben) (sie|du) (~) (nicht|keine) (~) (angefordert|veranlasst|beantragt|waren|gemacht|aufgegeben|angemeldet|warst)
    (ignorieren|ignoriere) (sie|) (diese|bitte) (~) (e mail|nachricht|mail)
  `,
  'help-desk': `
    (ihr|das|dein) (~) (support team|kundenservice|sicherheitsteam|it support|helpdesk|it abteilung|kundendienst|kontoteam|sicherheitsabteilung)
    (systemadministrator|it helpdesk|e mail administrator|mail administrator|sicherheitsabteilung|webmail team)
  `,
};
