import type { Stationery } from '../letter.ts';

export const stationery: Stationery = {
  language: 'fr',
  greeting: 'Bonjour {name},',
  closing: "Cordialement,\nL'équipe {company}",
  unsubscribe: 'Se désabonner',
  browser: 'Voir dans votre navigateur',
  people: ['Claire Fontaine', 'Julien Moreau', 'Amélie Roux', 'Didier Lambert'],
  companies: [
    ['Menuiserie Chauvet', 'menuiserie-chauvet.fr', '5 rue des Tanneurs, 69005 Lyon'],
    ['Papeterie du Vieux Port', 'papeterie-vieuxport.fr', '18 quai Rive Neuve, 13007 Marseille'],
    ['Outillage Delorme SAS', 'outillage-delorme.com', 'ZA des Prés, 67300 Schiltigheim'],
  ],
};

export const letters = `
invoice
Votre facture {no}
Veuillez trouver ci-dessous le détail de votre facture {no} du {date}. Nous vous remercions de votre confiance.
Le règlement est attendu à 30 jours par virement sur notre compte habituel, en rappelant le numéro de facture.
| Montant HT | 310,00 €
| TVA 20 % | 62,00 €
| Total TTC | {amount} €
> Voir la facture

order
Confirmation de votre commande {no}
Nous avons bien reçu votre commande et nous vous en remercions. Elle sera préparée dans les deux jours.
Vous recevrez un message dès que le colis quittera notre entrepôt.
| 3 x Cahier grand format | 11,70 €
| 1 x Agrafeuse | 14,90 €
| Frais de livraison | 4,90 €
| Total | {amount} €
> Suivre ma commande

shipping
Votre colis est en route
Votre commande {no} a été remise au transporteur. Le numéro de suivi est {tracking}.
La livraison est prévue le {date}. En cas d'absence, le colis vous attendra au point relais le plus proche pendant dix jours.
> Suivre mon colis

password-reset
Réinitialisation de votre mot de passe
Vous avez demandé à réinitialiser votre mot de passe. Cliquez sur le bouton ci-dessous pour en choisir un nouveau. Le lien est valable 24 heures.
Si vous n'avez pas fait cette demande, ignorez ce message : votre mot de passe ne changera pas.
> Choisir un mot de passe

code
Votre code de connexion : {code}
Saisissez le code {code} pour vous connecter. Il expire dans dix minutes.
Ne communiquez jamais ce code. Nos conseillers ne vous le demanderont pas.

newsletter
La rentrée de l'atelier : nos nouveautés
Cet automne, notre menuisier vous montre comment redonner vie à une vieille table en chêne, sans la poncer entièrement.
Profitez aussi de nos journées portes ouvertes : 10 % de remise sur les huiles et les cires jusqu'à la fin du mois, livraison gratuite dès 50 €.
> Lire l'article

reminder
Rappel : facture {no} en attente de règlement
Sauf erreur de notre part, la facture {no} du {date} reste impayée à ce jour. Il s'agit sans doute d'un oubli.
Nous vous remercions de bien vouloir procéder au règlement sous 8 jours. Si votre paiement a été effectué entre-temps, merci de ne pas tenir compte de ce rappel.
| Montant dû | {amount} €

receipt
Reçu de votre abonnement
Nous confirmons le paiement de votre abonnement mensuel. Il sera renouvelé automatiquement le {date} ; vous pouvez le résilier à tout moment dans votre espace client.
| Formule Atelier | 29,00 €
| Montant débité | {amount} €
> Télécharger le reçu

statement
Votre relevé de compte est disponible
Votre relevé du mois est disponible dans votre espace client, rubrique Documents.
Pour votre sécurité, nous ne vous demanderons jamais vos identifiants par e-mail. Méfiez-vous des tentatives d'hameçonnage.

notice
Fermeture des bureaux vendredi
Les bureaux fermeront vendredi à 13 heures en raison du contrôle des installations électriques.
Merci de remettre vos notes de frais au service comptable avant le {date}. Bon week-end à tous.

quote
Devis {no}
Suite à votre demande, nous avons le plaisir de vous adresser notre devis, valable jusqu'au {date}.
Le délai de fabrication est de trois semaines à compter de la commande. Je reste à votre disposition pour toute question.
| Porte en chêne massif | 890,00 €
| Pose | 240,00 €

appointment
Votre rendez-vous du {date}
Nous vous confirmons votre rendez-vous du {date} à {time} pour la prise de mesures.
En cas d'empêchement, merci de nous prévenir au 04 72 00 18 40 au moins 24 heures à l'avance.
`;
