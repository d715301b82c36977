/** Words that phishing puts beside a brand's name, in domains and as sender: an account, its safety, a payment, help. */
export const lureWords: ReadonlySet<string> = new Set(
  [
    'account accounts acct access activity admin alert alerts app assist assistance auth authentication billing bill card care cases center centre',
    'check claim client clients cloud confirm confirmation connect customer customers delivery department desk doc docs document documents email',
    'express gift help helpdesk helpline id info information invoice invoices live login logins logon mail mailer manage member members membership mobile',
    'my myaccount net notice notification notifications notify office official online order orders pay payment payments portal prime profile promo',
    'protect protection recover recovery refund refunds renew renewal reply resolution restore reward rewards safe safety secure secured security server',
    'service services session share shared shipment shipping sign signin statement status storage subscription suite supp support system systems',
    'team tech ticket track tracking transaction transfer unlock update updates user users validate validation verification verified verify wallet web',
    'webmail kundenservice kunden konto sicherheit anmelden rechnung zahlung compte securite connexion client facture livraison cuenta seguridad',
    'cliente acceso factura conto sicurezza assistenza accesso beveiliging inloggen rekening klantenservice konto bezpieczenstwo conta seguranca acesso',
    'kundendienst suivi colis paket pakket envio entrega remboursement rimborso reembolso rueckerstattung abonnement aboservice',
  ].flatMap((line) => line.split(' ')),
);
