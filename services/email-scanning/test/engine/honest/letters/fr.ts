import type { Stationery } from '../../../../training/honest/letter.ts';

export const stationery: Stationery = {
  language: 'fr',
  greeting: 'Madame, Monsieur {name},',
  closing: 'Bien à vous,\n{company}',
  unsubscribe: 'Ne plus recevoir cette lettre',
  browser: 'Version en ligne',
  people: ['Nathalie Girard', 'Olivier Petit', 'Sophie Lemaire'],
  companies: [
    ['Transports Kervella', 'transports-kervella.fr', '2 quai du Port, 29200 Brest'],
    ['Joints & Raccords Mercier', 'jr-mercier.fr', "Parc d'activités Nord, 59000 Lille"],
    ['Épicerie Bellevue', 'epicerie-bellevue.ch', 'Rue Centrale 6, 1003 Lausanne'],
  ],
};

export const letters = `
invoice
Facture du mois disponible
Votre facture {no} est disponible dans votre espace client. Son montant de {amount} € sera prélevé le {date} sur le compte que vous nous avez indiqué.
Vous n'avez aucune démarche à effectuer.
> Ouvrir ma facture

order
Accusé de réception de commande {no}
Nous accusons réception de votre commande et vous remercions de votre fidélité. Le départ de l'usine est prévu semaine 41.
| Joint torique 40 x 3, 300 pièces | 96,00 €
| Raccord laiton 1/2, 50 pièces | 118,00 €
| Total | {amount} €

delay
Report de la livraison {no}
En raison de la grève du port, votre palette arrivera le {date} au lieu de mardi.
Si ce retard vous pose problème, appelez Yann au 02 98 00 41 17, il cherchera une solution avec vous.

password-reset
Nouveau mot de passe pour le portail
Une demande de nouveau mot de passe a été faite pour votre accès. Suivez le lien ci-dessous dans les deux heures pour le définir.
Vous n'êtes pas à l'origine de la demande ? Ne faites rien, votre mot de passe actuel reste valable.
> Définir le mot de passe

verification
Confirmez votre adresse e-mail
Merci de votre inscription. Confirmez votre adresse e-mail afin que nous puissions vous envoyer vos reçus.
> Confirmer l'adresse

newsletter
Coings, cèpes et châtaignes : la lettre d'octobre
Notre cuisinière a préparé ses conserves et vous confie la recette de sa gelée de coings.
Coffret découverte de six bocaux à prix doux jusqu'à épuisement du stock, frais de port offerts en octobre.
> Découvrir le coffret

reminder
Relevé de compte : solde à régulariser
Après vérification de nos comptes, le solde ci-dessous reste dû. Merci de bien vouloir le régler avant le {date} ou de nous signaler toute anomalie.
| Solde dû | {amount} €

notice
Notes de frais : nouveau formulaire
À partir d'octobre, les notes de frais se déposent uniquement sur l'intranet. Les bulletins de paie seront disponibles vendredi dans votre coffre-fort.
Le service du personnel reste à votre écoute au poste 214.

receipt
Nous avons bien reçu votre paiement
Votre règlement de {amount} € pour la facture {no} nous est bien parvenu. Merci.
`;
