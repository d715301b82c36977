import type { Phrases } from './phrases.ts';

export const fr: Phrases = {
  locale: 'fr-FR',
  hello: ['Bonjour {reader},', 'Madame, Monsieur,', 'Chère Madame {reader},', 'Bonjour,'],
  bye: ['Cordialement', 'Bien à vous', 'Meilleures salutations', 'Sincères salutations'],
  subjectInvoice: [
    'Facture {invoice} – commande {order}',
    'Votre commande {order} : notre facture',
    '{order} : facture jointe',
  ],
  subjectReminder: ['Relance facture {invoice}', 'Échéance dépassée {order}', 'Rappel : {invoice} / {order}'],
  subjectChange: [
    'Information importante concernant vos règlements',
    'Note à nos clients',
    'Règlement {order}',
    'Service comptabilité',
  ],
  invoice: [
    'vous trouverez notre facture {invoice} pour votre commande {order} d’un montant de {amount}.',
    'la commande {order} est expédiée et nous vous facturons {amount} (facture {invoice}).',
    'ci-joint la facture {invoice} de {amount} relative à la commande {order}.',
    'merci pour {order}. Le montant de la facture {invoice} est de {amount}.',
  ],
  partial: [
    'ceci est une facture partielle pour la première livraison de {order} : {amount}.',
    'pour la partie déjà livrée de {order}, nous facturons {amount} (facture {invoice}).',
  ],
  due: [
    'Paiement à 30 jours net.',
    'Échéance : 14 jours date de facture.',
    'Merci de régler avant la fin du mois.',
    'Conditions de règlement habituelles.',
  ],
  payTo: [
    'Merci de virer le montant sur ce compte :',
    'Règlement par virement à :',
    'Notre banque :',
    'À régler sur :',
  ],
  hurry: [
    'Merci d’effectuer le virement aujourd’hui afin que la marchandise puisse partir.',
    'Le paiement est urgent, sans quoi nous perdons le créneau de livraison.',
    'Il nous faut votre règlement immédiatement, avec une confirmation.',
    'Pouvez-vous le payer au plus vite ?',
  ],
  chase: [
    'selon nos livres, la facture {invoice} de {amount} pour {order} n’est pas réglée.',
    'nous attendons toujours le paiement de {amount} pour {order}.',
    'la facture {invoice} ({order}) est échue ; le solde dû est de {amount}.',
    'quand pourrons-nous compter sur le règlement de {amount} pour {order} ?',
  ],
  changed: [
    'Veuillez noter que nos coordonnées bancaires ont changé.',
    'Nous avons changé de banque et disposons d’un nouveau compte.',
    'Notre ancien compte bancaire fait l’objet d’un audit et ne peut plus recevoir de paiements.',
    'Depuis ce mois, notre service financier utilise un autre compte bancaire ; merci de mettre à jour vos fichiers.',
    'Le compte bancaire que vous connaissez a été clôturé et remplacé.',
    'Nous vous informons de la modification de notre RIB.',
  ],
  useOnly: [
    'Désormais, merci d’utiliser uniquement le compte suivant :',
    'Toutes les factures ouvertes sont à régler sur :',
    'Merci d’adresser le règlement de {order} à :',
    'Voici les nouvelles coordonnées :',
  ],
  askForIt: [
    'Puis-je vous envoyer notre nouveau RIB pour le règlement de {order} ?',
    'Merci de suspendre le paiement de {order} : nos coordonnées bancaires ont été modifiées et nous vous les enverrons après votre réponse.',
    'Avant de payer {order}, contactez-moi, nos informations bancaires ont été mises à jour.',
    'Merci de confirmer que vous pouvez modifier nos coordonnées bancaires avant le prochain règlement.',
  ],
  pretext: [
    'Cela est dû à un contrôle fiscal.',
    'La raison en est une réorganisation du groupe.',
    'Notre banque a connu des problèmes techniques.',
    '',
  ],
  unchanged: [
    'Nos coordonnées bancaires n’ont pas changé.',
    'Comme toujours, merci de payer sur le compte connu ; notre RIB reste inchangé.',
    'Aucun changement de nos coordonnées bancaires n’est prévu.',
  ],
  beware: [
    'Attention aux fraudes : nous ne changeons jamais nos coordonnées bancaires par courriel.',
    'Si vous recevez un message disant que notre compte bancaire a changé, appelez-nous.',
    'Des escrocs envoient des messages sur de nouveaux comptes bancaires ; nous ne l’annonçons jamais par courriel.',
  ],
  crypto: [
    'Notre compte étant bloqué pour le moment, merci de payer en Bitcoin ; vous recevrez l’adresse sur demande.',
    'Merci de régler la facture en USDT cette fois, nous accordons 5 % de remise.',
    'Pour aller plus vite, vous pouvez payer par cartes cadeaux et nous envoyer les photos des codes.',
    'Merci d’envoyer le paiement par Western Union à notre comptable.',
  ],
  remittance: [
    'Merci d’envoyer l’avis de paiement de vos virements à {address}.',
    'Les avis de virement sont à adresser à {address}.',
  ],
  executive: [
    'Vous devez faire un virement de {amount} aujourd’hui. Je suis en réunion et ne peux pas téléphoner, cela reste confidentiel. Compte : {account}.',
    'Êtes-vous à votre poste ? Un paiement urgent de {amount} doit partir avant midi, bénéficiaire {account}. C’est confidentiel jusqu’à l’annonce.',
    'Merci de payer {amount} immédiatement à {account}, j’enverrai les documents plus tard. N’en parlez à personne.',
    'Pouvez-vous acheter des cartes cadeaux pour {amount} pour nos clients ? Il me faut les codes aujourd’hui, c’est urgent.',
  ],
  executiveHonest: [
    'La facture de {supplier} de {amount} est-elle validée ? Parlons-en demain.',
    'Merci de vérifier pourquoi {supplier} dit que {order} n’est pas réglée. Je suis au bureau à partir de lundi.',
  ],
  factoring: [
    'Nous avons acquis la créance de {supplier} pour {order}. Merci de payer {amount} uniquement à nous, compte {account}.',
    'Pour le compte de {supplier}, nous recouvrons les {amount} dus pour {order}. Virement sur {account}.',
  ],
  delivery: [
    'la marchandise de {order} quitte notre entrepôt demain et arrive jeudi.',
    'votre livraison pour {order}, 3 palettes, est en route. Le chauffeur appelle une heure avant.',
  ],
  newContact: [
    '{person} prend la suite au 1er décembre et sera votre nouvelle interlocutrice pour les commandes.',
    'je vous présente {person}, notre nouveau responsable de clientèle pour votre société.',
  ],
  debit: [
    'Comme convenu, le montant sera prélevé sur votre compte {account}.',
    'Nous remboursons {amount} sur votre compte {account}.',
  ],
  wrote: ['Le {date}, {reader} <{address}> a écrit :'],
  earlier: [
    'nous avons reçu la marchandise. Sur quel compte devons-nous payer ?',
    'merci, la comptabilité fera le virement cette semaine. Merci de confirmer les coordonnées.',
    'pouvez-vous nous renvoyer la facture ?',
  ],
  total: 'Montant total',
  order: 'Commande',
  invoiceNumber: 'Facture n°',
  account: 'IBAN',
  bank: 'Banque',
};
