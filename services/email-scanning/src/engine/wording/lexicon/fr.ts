import type { Lexicon } from '../concepts.ts';

export const fr: Lexicon = {
  'account-threat': `
    (compte|accès|carte|messagerie|boîte mail|espace|profil|abonnement|ligne|adresse) ~ (a été|est|sera|serait|va être|ont été|été) ~ (suspendu*|bloqué*|limité*|désactivé*|restreint*|fermé*|verrouillé*|clôturé*|supprimé*|résilié*|interrompu*|gelé*)
    (suspension|blocage|désactivation|limitation|fermeture|clôture|restriction|résiliation|suppression) (de|du|temporaire|définitive|imminente) (~) (compte|accès|carte|messagerie|services|espace|ligne|boîte)
    (compte|carte|accès) (suspendu|bloqué|limité|restreint|désactivé|verrouillé|suspendue|bloquée)
    nous (avons|allons|serons|devrons) (~) (suspend*|bloqué|bloquer|limité|limiter|restreint|désactivé|désactiver) (~) (compte|accès|carte)
  `,
  'unusual-activity': `
    (activité|activités|connexion|connexions|transaction|opération|tentative|tentatives|accès|paiement) (~) (inhabituel*|suspect*|non autorisé*|frauduleu*|anormal*|inconnu*)
    (connexion|connecté|accès) (~) (depuis|à partir) (d|de) (un|une) (~) (appareil|nouvel|nouveau|lieu|adresse)
  `,
  'mailbox-trouble': `
    (boîte|messagerie|espace|stockage|quota|capacité|mémoire) (~) (pleine|plein|saturée|saturé|dépassé|atteint|dépassée|limite|insuffisant)
    (messages|mails|courriers|emails|courriels|e mails) (~) (en attente|bloqués|non livrés|non délivrés|non distribués|en quarantaine|non lus|retenus)
    (plus|ne pourrez) (~) (recevoir|envoyer) (de|des|vos|) (messages|mails|e mails|courriels|emails)
  `,
  'password-expiry': `
    mot de passe (~) (expire|expiré|expirera|expiration|arrive)
    (conserver|garder) (le|votre) (~) mot de passe
  `,
  'payment-problem': `
    (paiement|prélèvement|carte|règlement|facturation|transaction|facture) (~) (refusé*|échoué|rejeté*|pas pu|impayé*|non abouti|n a pas|expiré*|suspendu*)
    (problème|difficulté|incident|erreur|échec) (de|avec|lors|du|sur) (~) (paiement|facturation|prélèvement|carte|facture)
    (mettre|mettez|mise) à jour (vos|votre|de vos|de votre|les) (~) (paiement|bancaires|carte|facturation|moyen|mode)
  `,
  'loss-threat': `
    (définitivement|automatiquement) (supprimé*|fermé*|suspendu*|bloqué*|désactivé*|perdu*|clôturé*)
    (faute de quoi|dans le cas contraire|à défaut|sans réponse|sans action|en cas de non|passé ce délai|sous peine)
    (éviter|empêcher) (la|le|toute|l|une|que) (~) (suspension|interruption|blocage|fermeture|suppression|perte|désactivation|pénalité*|résiliation|coupure|frais)
    (si|sinon) vous (ne|n) (~) (pas|) (~) (confirm*|vérifi*|réagiss*|régularis*|valid*)
  `,
  'verify-demand': `
    (vérifi*|confirm*|valid*|actualis*|mettre à jour|mettez à jour|réactiv*|débloqu*|authentifi*|régularis*|renouvel*|sécuris*) (~) (votre|vos) (~) (compte|identité|informations|données|coordonnées|mot de passe|adresse|accès|messagerie|profil|carte|dossier|boîte|situation|numéro)
    (vérification|confirmation|validation|mise à jour|authentification|réactivation) (de|du) (votre|vos|compte|l) (~) (compte|identité|informations|données|dossier|accès|carte|messagerie|numéro|coordonnées|obligatoire|nécessaire|)
    (confirmer|valider|vérifier|activer|réactiver|débloquer) (maintenant|mon compte|mes informations|mon identité|ici|mon)
  `,
  'click-demand': `
    (cliquez|cliquer|cliquant|suivez|suivre|appuyez|utilisez|rendez vous) (~) (ici|lien|bouton|ci dessous|dessous|sur|suivant|adresse)
    (connectez|connecter|identifiez) vous (~) (ici|à|sur|espace|compte|via|dès)
    (je|accéder|accédez) (~) (clique|à mon compte|à mon espace|au formulaire|à votre espace|à votre compte|me connecte)
  `,
  urgency: `
    (urgent|urgente|immédiatement|sans délai|au plus vite|dès maintenant|d urgence|le plus tôt possible|dans les plus brefs|sans tarder|dernier rappel|dernière relance|dernier avis|action requise|action immédiate)
  `,
  deadline: `
    (dans|sous|d ici|avant|délai de) (les|un délai de|) (prochaines|) (24|48|72|12|24h|48h|72h|7|3|5|deux|trois) (heures|h|jours|jours ouvrés|prochaines|)
    (expire|expirera|avant) (aujourd hui|demain|bientôt|le|ce soir|minuit)
  `,
  'document-share': `
    (document|fichier|facture|dossier|contrat|documents) (~) (partagé*|à signer|en attente|disponible en|sécurisé|numérisé)
    (a|ont) partagé (~) (document|fichier|dossier)
    (consulter|ouvrir|télécharger|visualiser|afficher|voir) (le|votre|ce|les) (document*|fichier*|fax)
    (signature électronique|nouveau fax|message sécurisé|document numérisé)
  `,
  'voice-message': '(message vocal|messagerie vocale|appel manqué|message audio|messages vocaux)',
  'parcel-held': `
    (colis|livraison|commande|envoi|paquet) (~) (n a pas pu|en attente|suspendu*|bloqué*|retenu*|non livré|été retourné|échoué|en instance|n a pu|retourné*|ne peut être)
    (échec|tentative|problème) (de|d) (la|) (livraison|distribution)
    (adresse|numéro) (~) (incomplète|incorrecte|erronée|manquant|manquante|incomplet)
  `,
  'delivery-fee': `
    (frais|droits|taxe|taxes) (de|d) (douane|livraison|port|expédition|affranchissement|réexpédition|dédouanement|importation|traitement)
    (payer|régler|paiement|réglez|acquitter) (~) frais
  `,
  refund: `
    (remboursement|restitution|trop perçu) (de|d|d un|en attente|est|vous|disponible|fiscal|a été|sera)
    (éligible|droit|bénéficier) (à|d un|au|de) (~) (remboursement|prime|indemnité|aide)
    (impôts|impôt|fiscale|dgfip|ameli|caf|assurance maladie|carte vitale) (~) (rembours*|avis|disponible|nouvelle|mise à jour|expir*)
    (payé|prélevé|débité|facturé) deux fois
  `,
  prize: `
    (vous avez|vous êtes|avez été|êtes) (~) (gagné|sélectionné*|gagnant*|choisi*|tiré* au sort)
    (félicitations|bravo) (~) (gagn*|sélectionné*|vous|remport*)
    (récupérer|réclamer|recevoir|obtenir|profiter) (~) (cadeau|gain|lot|prix|récompense|bon d achat|points)
    (sondage|enquête|questionnaire) (~) (cadeau|gagner|récompense|recevoir|minutes)
  `,
  'subscription-renewal': `
    (abonnement|licence|contrat|adhésion) (~) (renouvel*|expir*|reconduit|échéance|prolongé)
    (renouvellement|reconduction) (automatique|de votre|tacite)
  `,
  'charge-notice': `
    (montant|somme|paiement) (~) (débité*|prélevé*|facturé*)
    (débité|prélevé|facturé) (sur|de) votre (compte|carte)
  `,
  'call-us': `
    (appelez|contactez|téléphonez|joindre|appeler|contacter) (~) (au|numéro|service client|nos conseillers|assistance|immédiatement|support|conseiller)
    (numéro gratuit|numéro vert|service client au|assistance téléphonique)
  `,
  infected: `
    (ordinateur|appareil|téléphone|pc|système) (~) (infecté|menacé|piraté|à risque|endommagé)
    (virus|menaces|logiciels malveillants) (~) (détecté*|trouvé*)
    (antivirus|protection|norton|mcafee) (~) (expir*|renouvel*)
  `,
  opener: `
    (êtes vous|es tu|tu es|vous êtes) (~) (disponible|au bureau|libre|occupé*|dispo)
    (avez vous|as tu) (~) (moment|minute|minutes|instant)
    (tâche|demande|mission|service|faveur|dossier) (~) (rapide|urgent*|confidentiel*|important*|à te demander|à vous confier|personnel)
    (suis|je suis) (~) (en réunion|en conférence|en déplacement|en rendez vous)
    (ne peux|peux) pas (~) (appeler|parler|téléphone|répondre|appels)
    (envoyez|envoie|donne|donnez|communiquez) (moi|) (~) numéro (de|) (portable|téléphone|personnel|whatsapp|mobile)
  `,
  secrecy: `
    (strictement|hautement|très|totale) (confidentiel*|confidentialité|discrétion)
    (ne|n) (~) (en parlez|parler|informer|parlez|informez) (~) (personne|aucun)
    (rester|reste|restera|garder) (~) (entre nous|confidentiel|discret|secret)
  `,
  'gift-card': `
    (cartes|carte|coupons|tickets) (cadeau|cadeaux|google play|itunes|steam|amazon|neosurf|transcash|pcs|paysafecard|apple)
    (photos|photo|codes|code) (~) (cartes|coupons|recharge)
  `,
  'payroll-change': `
    (changer|modifier|mettre à jour|changement|modification|nouveau) (~) (rib|coordonnées bancaires|compte) (~) (salaire|paie|paye|virement de salaire|bulletin)
    (salaire|paie|paye) (~) (nouveau compte|nouveau rib|autre compte|nouvelles coordonnées)
  `,
  'bank-change': `
    (coordonnées|données|informations|références) bancaires (~) (~) (changé|modifié*|nouvelles|mises à jour|ont changé|changent|changement|obsolètes|plus valables|plus valides|évolué)
    (nouvelles|nouveau|nouveaux|nouvelle|autre|mises à jour) (coordonnées|compte|rib|iban|domiciliation|références|compte bancaire|banque) (bancaires|bancaire|)
    (changement|modification|mise à jour|changer|modifier|mettre à jour) (de|du|des|d|nos|notre|de nos|de notre|les|le|vos) (~) (coordonnées bancaires|compte bancaire|rib|iban|banque|domiciliation|domiciliation bancaire|références bancaires|compte)
    (changé|changeons|changer) de (banque|compte|domiciliation|rib)
    (ancien|précédent|anciennes|actuel) (compte|rib|iban|coordonnées) (~) (~) (clôturé|fermé|plus|bloqué|audit|obsolète|utiliser|valable)
    (règlements|paiements|virements|factures) (~) (~) (sur|vers|au) (le|notre|ce|un) (nouveau|nouvel|suivant) (compte|rib|iban)
    (virement|règlement|paiement) (~) (nouveau (compte|rib)|nouvel iban)
  `,
  'transfer-request': `
    virement (urgent|confidentiel|international|immédiat|bancaire urgent)
    (effectuer|faire|procéder|exécuter|réaliser|préparer) (~) virement (~) (aujourd hui|urgent|rapidement|immédiatement|international|ce jour)
  `,
  inheritance: `
    (héritage|succession|héritier|héritière|défunt|défunte|feu mon|ayant droit|testament|legs)
    (atteinte|souffre|souffrante|souffrant|atteint) d (un|une|) (~) (cancer|maladie|tumeur)
  `,
  lottery: `(loterie|loto|tirage au sort|gagnant du|bulletin gagnant|numéro gagnant|euromillions|jackpot)`,
  donation: `
    (don|donation|faire don|fais don|léguer|lègue|offrir) (~) (de|d un|ma fortune|mes biens|millions|000 euros|cette somme|somme|montant)
    (œuvres de charité|orphelinat|orphelins|démunis|œuvre caritative|associations caritatives)
  `,
  'fund-offer': `
    (somme|montant|hauteur|valeur|total) (de|d) (_|) (_|) (_|) (millions|000 euros|euros|dollars|000 000)
    (_|) millions (d euros|de dollars|euros|dollars|usd)
    (proposition|partenaire|partenariat|transaction) (d|de|) (affaire|affaires|étranger|fiable|confiance)
  `,
  'partner-wanted': `
    (je suis|je m appelle|je me nomme) (mme|madame|mr|monsieur|maître|m|me|veuve|avocat|le prince|docteur|dr)
    (bien aimé|bien aimée|cher ami|chère amie|dieu vous bénisse|que dieu|au nom de dieu|fraternellement|très cher|bonjour bien)
    (votre aide|votre assistance|votre collaboration|personne de confiance|homme de confiance|personne honnête)
    (contactez|écrivez|répondez) moi (~) (adresse|mail|email|plus|privé|via|à)
    (attente|espérant|attends) (~) (votre|une) (~) réponse
  `,
  'extortion-recording': `
    (vidéo|enregistr*|filmé|webcam|caméra) (~) (masturb*|intime*|porno*|plaisir|sexuel*|satisfai*)
    (accès|contrôle|piraté) (~) (caméra|webcam|appareils|contacts|microphone|appareil|système)
    (masturb*|sites pornographiques|sites pour adultes|pédopornographi*|pédophil*|exhibitionni*|cyber infiltration|délinquants sexuels)
    (pirate informatique|hacker|logiciel malveillant|cheval de troie) (~) (install*|appareil*|accès|professionnel|infect*)
    (convocation|mandat|poursuite*|procès verbal) (~) (judiciaire*|police|gendarmerie|pénal*|interpol|europol|brigade)
  `,
  'extortion-payment': `
    (portefeuille|adresse|wallet) (bitcoin|btc)
    (envoyer|transférer|payer|virer|versez|envoyez|transférez) (~) (bitcoin|bitcoins|btc|en bitcoin)
  `,
  wallet: `
    (phrase|clé|clés) (de récupération|secrète|privée|privées|seed|de sécurité)
    (portefeuille|wallet) (~) (vérifi*|synchronis*|suspendu|valid*|mise à jour|sécuris*|connect*)
  `,
  investment: `
    (investir|investissement|placement|trading|rendement) (~) (garanti*|rentab*|bitcoin|crypto*|élevé|rapport*|bénéfice*|forex)
    (revenu passif|revenus passifs|liberté financière|devenir riche|gagner de l argent)
    (gagnez|gagner) (~) (euros|par jour|par mois|par semaine|de l argent)
  `,
  dating: `
    (rencontre|rencontres|rencontrer) (~) (coquine*|célibataire*|femme*|sérieuse*|adultère|amour|chaude*|infidèle*)
    (âme sœur|plan cul|femmes mûres|femmes seules|cherche homme)
  `,
  pharmacy: `(sans ordonnance|érection|impuissance|dysfonction érectile|pharmacie en ligne|virilité|libido|prostate|arthrose|douleurs articulaires)`,
  loan: `
    (prêt|prêts|crédit|crédits|financement) (~) (entre particulier*|rapide|taux|sans|offre*|personnel*|octroi*|immédiat|immobilier*|de 5|euros)
    (offre|octroi) de (prêt|crédit|financement)
    (rachat de crédit*|mutuelle*|pompe à chaleur|panneaux solaires|isolation à 1|assurance obsèques|compte formation|cpf) (~) (gratuit*|économis*|devis|compar*|droits|dès|profit*|formation|expir*|solde)
  `,
  casino: `(casino en ligne|tours gratuits|bonus de bienvenue|machines à sous|sans dépôt|paris sportifs)`,
  'weight-loss': `(perdre du poids|maigrir|minceur|brûle graisse|brûler les graisses|kilos en trop|perte de poids|ventre plat|régime keto)`,
  'easy-money': `(travail à domicile|travailler à domicile|travailler chez|complément de revenu|sans expérience|arrondir vos fins|argent facile|argent rapidement)`,
  'search-ranking': `(référencement|position*|visibilité) (~) (google|site|naturel|moteurs|première page)`,
  'sales-pitch': `(offre limitée|offre exclusive|offre spéciale|profitez en|profitez de|commandez maintenant|sans engagement|satisfait ou remboursé|gratuitement|100 gratuit|garanti|dernière chance|jusqu à épuisement|incroyable|révolutionnaire|réduction|promo|remise)`,
  'not-spam': `(ceci n est pas un spam|ne plus recevoir|vous désinscrire|désinscription|désabonner|se désabonner|désinscrire)`,
  'generic-greeting': `
    (cher|chère|chers|bonjour|madame monsieur) (cher|chère|) (client|cliente|clients|utilisateur|utilisatrice|abonné|abonnée|membre|titulaire|contribuable|assuré|bénéficiaire|adhérent|usager)
    (cher|chère|bonjour) (cher|) (_|_ _) (client|cliente|utilisateur|abonné|membre)
  `,
  unsubscribe: `(désabonner|désinscrire|désinscription|désabonnement|version en ligne|dans votre navigateur|ne souhaitez plus recevoir|gérer vos préférences)`,
  transaction: `
    (numéro|n|référence|date) (de|d) (commande|facture|suivi|client|réservation|dossier|contrat|colis|devis)
    (montant ht|montant ttc|total ttc|sous total|tva|adresse de livraison|adresse de facturation|bon de livraison|date d échéance|récapitulatif)
  `,
  'warning-talk': `(phishing|hameçonnage|tentatives de fraude|escroquerie|escrocs|arnaques|ne vous demandera jamais|ne vous demanderons jamais|ne demande jamais|ne communiquez jamais)`,
  'if-not-you': `
    si vous (n êtes pas|n avez pas|ne l avez|n avez) (~) (demand*|origine|effectué*|fait*|demandé|pas)
    ignorer (~) (message|e mail|mail|courriel)
  `,
  'help-desk': `
    (service|équipe|support|centre) (technique|informatique|sécurité|de sécurité|client|messagerie|d assistance|de messagerie|webmail|de maintenance|support|clientèle)
    (administrateur système|administrateur réseau|administrateur de messagerie|webmaster)
  `,
};
