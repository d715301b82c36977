import type { Lexicon } from '../concepts.ts';

export const it: Lexicon = {
  'account-threat': `
    (account|conto|accesso|carta|casella|utenza|profilo|servizio|abbonamento|dominio|posta) ~ (è|sono|è stato|è stata|sarà|verrà|stato|stata|risulta|essere) ~ (sospes*|bloccat*|limitat*|disattivat*|chius*|disabilitat*|cancellat*|eliminat*|congelat*)
    (sospensione|blocco|disattivazione|limitazione|chiusura|cancellazione|restrizione) (del|della|dell|dei|temporane*|immediat*|definitiv*|di) (~) (account|conto|carta|accesso|servizio|servizi|casella|utenza|profilo|dominio)
    (account|conto|carta|utenza) (sospeso|bloccato|limitato|disattivato|bloccata|sospesa|limitata|disattivata)
    abbiamo (~) (sospeso|bloccato|limitato|disattivato) (~) (account|conto|carta|accesso|utenza)
  `,
  'unusual-activity': `
    (attività|accesso|accessi|operazione|operazioni|transazione|tentativo|tentativi|movimento|pagamento) (~) (insolit*|sospett*|non autorizzat*|anomal*|fraudolent*|sconosciut*|non riconosciut*|irregolar*)
    accesso (~) (da un|da una|con un) (~) (dispositivo|posizione|indirizzo|luogo)
  `,
  'mailbox-trouble': `
    (casella|posta|spazio|archiviazione|quota|memoria|mailbox) (~) (pien*|esaurit*|superat*|limite|insufficiente|raggiunto|quasi piena)
    (messaggi|email|e mail|mail) (~) (in attesa|in sospeso|bloccat*|non consegnat*|in quarantena|trattenut*|in arrivo)
    (non potrà|non sarà possibile|non potrai|non può) (~) (inviare|ricevere) (~) (messaggi|email|e mail|posta)
  `,
  'password-expiry': `
    password (~) (scad*|in scadenza)
    (mantenere|conservare|mantieni) (la|) (~) password
  `,
  'payment-problem': `
    (pagamento|addebito|carta|fattura|fatturazione|transazione|rinnovo) (~) (rifiutat*|fallit*|non riuscit*|non andat*|respint*|scadut*|non è stato|insolut*|negat*)
    (problema|problemi|errore|difficoltà) (con|nel|di|durante|relativ*) (~) (pagamento|fatturazione|carta|addebito)
    (aggiorn*|verific*) (~) (pagamento|fatturazione|dati di pagamento|metodo di pagamento|carta di credito)
  `,
  'loss-threat': `
    (definitivamente|permanentemente|automaticamente) (eliminat*|cancellat*|sospes*|bloccat*|disattivat*|chius*)
    (in caso contrario|altrimenti|pena la|in mancanza|in assenza di)
    (evitare|evita|prevenire) (~) (sospensione|blocco|interruzione|cancellazione|perdita|chiusura|disattivazione|sanzioni|penali)
    se non (~) (verific*|conferm*|aggiorn*|rispond*|provved*)
  `,
  'verify-demand': `
    (verific*|conferm*|convalid*|aggiorn*|riattiv*|sblocc*|autentic*|ripristin*|regolarizz*) (~) (suo|sua|tuo|tua|suoi|tuoi|vostro|vostra|propri|i|vostri|proprio) (~) (account|conto|identità|dati|informazioni|password|accesso|carta|profilo|casella|indirizzo|utenza|dispositivo)
    (verifica|conferma|convalida|aggiornamento|riattivazione) (del|della|dei|dell|obbligatori*|necessari*|di) (~) (account|conto|identità|dati|informazioni|carta|casella|sicurezza|profilo|utenza)
    (verifica|conferma|aggiorna|riattiva|sblocca|accedi) (ora|qui|subito|account|adesso|i dati|il tuo)
  `,
  'click-demand': `
    (clicca|cliccare|cliccando|clicchi|cliccate|fai clic|fare clic|faccia clic|segua|segui|premi|prema) (~) (qui|link|pulsante|sotto|sul|seguente|seguendo|collegamento)
    (accedi|acceda|accedere|accedendo|effettua il login|effettui l accesso) (~) (qui|account|conto|area|link|tramite|ora|portale|profilo)
    (seguente|questo) (link|pulsante|collegamento)
  `,
  urgency:
    '(urgente|urgentemente|immediatamente|subito|al più presto|il prima possibile|quanto prima|senza indugio|ultimo avviso|ultimo sollecito|avviso importante|azione richiesta|immediata attenzione|ultima possibilità|tempestivamente)',
  deadline: `
    (entro|nelle prossime|meno di|entro le) (le|i|) (prossime|prossimi|) (24|48|72|12|24h|48h|72h|7|3|5|due|tre) (ore|h|giorni|prossime|)
    (scade|scadrà|scadranno) (oggi|domani|presto|tra|il|a breve|entro)
  `,
  'document-share': `
    (documento|file|fattura|contratto|documenti) (~) (condivis*|da firmare|in attesa|disponibile|scansionat*|protetto)
    ha condiviso (~) (documento|file|cartella)
    (visualizza|apri|scarica|scaricare|visualizzare|aprire|consulta) (il|la|i|) (documento*|file|fattura|fax|documenti|pdf)
    (firma elettronica|nuovo fax|messaggio sicuro|firma digitale)
  `,
  'voice-message': '(messaggio vocale|segreteria telefonica|chiamata persa|messaggio audio|nota vocale)',
  'parcel-held': `
    (pacco|spedizione|consegna|ordine|collo) (~) (non è stato|non può|in giacenza|trattenut*|bloccat*|sospes*|in attesa|non consegnat*|fallit*|fermo|non riuscit*|restituit*)
    (tentativo|problema|errore) (di|con|nella) (la|) (consegna|spedizione)
    (indirizzo|numero civico) (~) (incomplet*|errat*|mancante|non corretto)
  `,
  'delivery-fee': `
    (spese|costi|tasse|oneri|dazi|tariffa|commissione) (di|doganali|per) (~) (spedizione|consegna|dogana|sdoganamento|importazione|doganali|riconsegna|)
    (pagare|pagamento|paghi|versare|paga) (~) (spese|dazi|doganal*|spedizione)
  `,
  refund: `
    (rimborso|restituzione) (di|del|in sospeso|disponibile|fiscale|a suo|approvato|per|irpef|in attesa)
    (diritto|idoneo) (a|ad|al|per) (~) rimborso
    (agenzia delle entrate|inps|agenzia entrate|tessera sanitaria|ministero della salute|spid) (~) (rimborso|scadenza|scadut*|notifica|rinnov*|verifica|aggiorn*|sospes*)
    (addebitato|pagato) (due volte|doppio)
  `,
  prize: `
    (hai|ha|lei ha|sei) (~) (vinto|stato selezionat*|stata selezionat*|stato scelt*|vincitore)
    (congratulazioni|complimenti) (~) (hai|vint*|selezionat*|premi*|lei|sei)
    (riscat*|ritir*|richied*|ricev*|ottien*|riscuot*) (~) (premio|regalo|ricompensa|punti|buono|bonus)
    (sondaggio|concorso|questionario) (~) (premio|regalo|ricompensa|vincere|minuti)
  `,
  'subscription-renewal': `
    (abbonamento|licenza|contratto|servizio|dominio|hosting) (~) (rinnov*|scadut*|scade|in scadenza|scadrà)
    rinnovo (automatico|del|dell)
  `,
  'charge-notice': `
    (importo|somma|pagamento) (~) (addebitat*|prelevat*|autorizzat*)
    (addebitato|prelevato) (sul|sulla|dal|dalla) (suo|sua|tuo|tua) (conto|carta)
  `,
  'call-us': `
    (chiami|chiama|chiamare|contatti|contatta|contattare|telefoni) (~) (numero|servizio clienti|assistenza|immediatamente|supporto|verde|il)
    (numero verde|servizio clienti al|assistenza clienti al)
  `,
  infected: `
    (computer|dispositivo|pc|telefono|smartphone) (~) (infett*|a rischio|danneggiat*|hackerat*)
    (virus|minacce) (~) (rilevat*|trovat*)
    (antivirus|protezione|norton|mcafee) (~) (scadut*|rinnov*|scade)
  `,
  opener: `
    (sei|è|lei è) (~) (disponibile|in ufficio|libero|libera|occupat*|alla scrivania)
    (hai|ha) (~) (un momento|un minuto|qualche minuto|un attimo|tempo)
    (compito|favore|cosa|incarico|faccenda|richiesta) (~) (veloce|urgente|riservat*|confidenzial*|importante|rapid*)
    sono (~) (in riunione|in una riunione|in conferenza|occupat*)
    non posso (~) (parlare|telefonare|chiamate|chiamare|rispondere)
    (mandami|inviami|dammi|mi mandi|mi invii) (~) numero (di|) (telefono|cellulare|whatsapp|personale)
  `,
  secrecy: `
    (strettamente|massima|assoluta|altamente) (confidenzial*|riservat*|riservatezza|discrezione)
    non (~) (parlare|dire|informare|parlarne|dirlo|parli) (~) nessuno
    (mantenere|mantieni|resti|rimanga) (~) (tra noi|riservat*|segret*|confidenzial*)
  `,
  'gift-card':
    '(carte regalo|carta regalo|buoni regalo|buono regalo|carte google play|carte itunes|gift card|carte steam|buoni amazon)',
  'payroll-change': `
    (cambi*|aggiorn*|modific*|nuov*|variazione) (~) (conto|iban|coordinate bancarie) (~) (stipendio|accredito|busta paga|paga)
    (stipendio|busta paga|accredito dello stipendio) (~) (nuovo conto|nuovo iban|altro conto|nuove coordinate)
  `,
  'bank-change': `
    (coordinate|dati|estremi|riferimenti) bancar* (~) (~) (cambiat*|nuov*|aggiornat*|modificat*|variat*|non più|variazione)
    (nuov*|altro|divers*|aggiornat*) (coordinate|conto|iban|dati|estremi|riferimenti) (bancar*|corrente|di pagamento|)
    (variazione|cambio|modifica|aggiornamento|cambiare|modificare|aggiornare) (delle|del|dei|di|dell|le|il|i|nostre|nostro|nostri) (~) (coordinate bancarie|conto|conto corrente|iban|banca|dati bancari|conto bancario|estremi bancari)
    (cambiato|abbiamo cambiato) (~) (banca|conto|istituto|coordinate|iban)
    (conto|iban) (precedente|vecchio|attuale|abituale) (~) (~) (chius*|non|bloccat*|verifica|audit|dismess*|inattiv*)
    (vecchio|precedente) (conto|iban) (~) (~) (chius*|non|bloccat*|audit|dismess*)
    (pagamenti|pagamento|bonifici|bonifico|fatture) (~) (~) (sul|al|su|verso) (il|nostro|seguente|un|questo) (nuovo|seguente|altro) (~) (conto|iban)
    (sul|al) (nostro|) nuovo (conto|iban)
  `,
  'transfer-request': `
    bonifico (bancario|) (urgente|immediato|internazionale|estero|istantaneo)
    (effettuare|fare|eseguire|disporre|predisporre) (~) bonifico (~) (oggi|urgente|immediat*|subito|estero|di)
  `,
  inheritance:
    '(eredità|erede|eredi|parente prossimo|parente più prossimo|defunto cliente|cliente defunto|defunto marito|testamento|lascito)',
  lottery:
    '(lotteria|superenalotto|estrazione internazionale|biglietto vincente|numero vincente|euromilioni|euromillions)',
  donation: `
    (donare|donazione|donato|dono) (~) (di|milioni|euro|dollari|lei|fondi|fortuna|somma)
    (beneficenza|orfanotrofio|orfani|opere di carità|meno privilegiat*|bisognosi)
  `,
  'fund-offer': `
    (somma|importo|totale|valore|fondo|cifra) (di|pari a) (_|) (_|) (_|) (milioni|milione|dollari|000 000)
    (_|) milioni (di|) (dollari|euro|usd|sterline)
    (proposta|transazione|partner|collaborazione) (d affari|di affari|affidabile|straniero|commerciale|d)
  `,
  'partner-wanted': `
    (sono|mi chiamo|il mio nome è) (il|la|) (sig|signor|signora|avvocato|dott|dr|principe|barrister|vedova|direttore|sig ra|mrs|mr)
    (dio ti benedica|dio la benedica|caro amico|cara amica|carissimo|amato|amata|in nome di dio|diletto|mio caro)
    (suo aiuto|tuo aiuto|sua assistenza|sua collaborazione|persona di fiducia)
    (attesa|aspetto|attendo) (di|) (una|la|) (sua|tua|vostra) (~) risposta
  `,
  'extortion-recording': `
    (video|registr*|filmat*|webcam|telecamera|fotocamera) (~) (masturb*|intim*|porno*|piacere|sessual*|soddisf*)
    (accesso|controllo|hackerat*) (~) (webcam|telecamera|dispositivi|contatti|microfono|dispositivo|fotocamera)
    (masturb*|siti pornografici|siti per adulti|pornografic*)
    (hacker|trojan|malware|virus) (~) (install*|dispositivo*|accesso|infett*|professionista)
  `,
  'extortion-payment': `
    (portafoglio|indirizzo|wallet) (bitcoin|btc)
    (trasfer*|invi*|pag*|vers*) (~) (bitcoin|btc|in bitcoin)
  `,
  wallet: `
    (frase|chiave|chiavi|parole) (di recupero|seed|segreta|privata|private)
    (portafoglio|wallet) (~) (verific*|sincronizz*|sospes*|convalid*|aggiorn*|conness*)
  `,
  investment: `
    (investire|investimento|investimenti|trading) (~) (garantit*|redditizi*|bitcoin|cripto*|guadagn*|rendiment*|forex)
    (reddito passivo|libertà finanziaria|diventare ricco|guadagnare soldi|guadagna soldi|guadagna fino)
  `,
  dating:
    '(donne single|ragazze calde|donne mature|single nella tua zona|incontri (online|per adulti|piccanti|hot)|cerca uomo|donne russe)',
  pharmacy:
    '(senza ricetta|disfunzione erettile|erezione|impotenza|farmacia online|prostata|libido|potenza sessuale)',
  loan: `
    (prestito|prestiti|mutuo|finanziamento|finanziamenti) (~) (rapid*|personal*|offerta|interesse|approvat*|immediat*|tra privati|urgent*|cessione)
    (offerta|offriamo) (~) (prestito|prestiti)
  `,
  casino:
    '(casinò online|casino online|giri gratis|slot machine|scommesse sportive|bonus di benvenuto|senza deposito)',
  'weight-loss': '(perdere peso|dimagr*|brucia grassi|bruciare i grassi|dieta keto|chili di troppo)',
  'easy-money':
    '(lavoro da casa|lavora da casa|lavorare da casa|soldi facili|guadagno extra|reddito extra|senza esperienza)',
  'search-ranking':
    '(posizionamento (su google|sui motori|seo)|prima pagina di google|visite al (tuo|suo|vostro) sito|realizzazione siti|elenchi email|invio massivo)',
  'sales-pitch':
    '(offerta (speciale|esclusiva|limitata)|per un tempo limitato|tempo limitato|acquista ora|approfitta|approfittane|gratis|gratuitamente|senza impegno|garantit*|ultima occasione|incredibile|sconto|sconti|promozione|non perdere|solo oggi|soddisfatti o rimborsati)',
  'not-spam':
    '(non è spam|cancellarsi|essere rimossi|essere cancellati|non ricevere più|non desidera più|rimozione dalla)',
  'generic-greeting': `
    (gentile|caro|cara|egregio|spettabile|salve|ciao|gentili|buongiorno|stimato) (signor|) (cliente|utente|titolare|abbonato|membro|contribuente|clienti|utenti|cittadino|correntista|beneficiario|intestatario)
    (gentile|caro|cara|egregio|spettabile) (_|_ _) (cliente|utente|titolare|membro)
  `,
  unsubscribe:
    '(annulla (l|la) iscrizione|annullare (l|la) iscrizione|disiscriv*|disiscrizione|cancellarsi dalla|non desideri più|visualizza nel browser|gestisci le preferenze|versione online)',
  transaction: `
    (numero|n|riferimento|data) (d|di|del|della|dell|) (ordine|fattura|spedizione|cliente|prenotazione|preventivo|tracking)
    (imponibile|iva|totale fattura|importo totale|subtotale|totale ordine|indirizzo di consegna|indirizzo di fatturazione|data di scadenza|documento di trasporto|partita iva)
  `,
  'warning-talk':
    '(phishing|truffe|truffatori|tentativi di frode|email fraudolente|non (le|ti) chiederà mai|non chiederemo mai|non chiediamo mai|mai chiesto)',
  'if-not-you': `
    se non (~) (richiest*|effettuat*|riconosc*|stato lei|stato tu|sei stato|è stato)
    (ignor*) (~) (messaggio|email|e mail|mail)
  `,
  'help-desk': `
    (assistenza|servizio|supporto|team|centro|ufficio) (tecnic*|di supporto|sicurezza|di sicurezza|assistenza|informatico|posta|clienti|webmail)
    (amministratore di sistema|amministratore della posta|amministratore di posta|webmaster)
  `,
};
