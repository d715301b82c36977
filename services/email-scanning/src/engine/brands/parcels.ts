import { brand } from './brand.ts';

/** Parcel services and post. */
export const parcels = [
  brand(
    'DHL',
    'dhl|dhl express|dhl paket',
    'dhl.com dhl.de dpdhl.com deutschepost.de dhl-news.com dhlecommerce.com',
    'worldwide',
  ),
  brand(
    'UPS',
    'united parcel service|ups my choice|ups express|ups delivery',
    'ups.com upsemail.com upspackage.com',
  ),
  brand('FedEx', 'fedex|federal express', 'fedex.com fedexemail.com'),
  brand('USPS', 'usps|us postal service|united states postal service', 'usps.com usps.gov'),
  brand('Royal Mail', 'royal mail|royalmail', 'royalmail.com royalmail.co.uk'),
  brand('Parcelforce', 'parcelforce', 'parcelforce.com parcelforce.co.uk'),
  brand('Evri', 'evri|hermes parcel', 'evri.com myhermes.co.uk'),
  brand('DPD', 'dpd', 'dpd.com dpd.de dpd.co.uk dpd.fr dpdlocal.co.uk dpdgroup.com', 'worldwide'),
  brand('Deutsche Post', 'deutsche post', 'deutschepost.de dhl.de dpdhl.com'),
  brand('Hermes', 'hermes paket|hermes versand', 'myhermes.de hermesworld.com hermes-europe.eu'),
  brand('GLS', 'gls paket|gls group', 'gls-group.eu gls-group.com gls-pakete.de'),
  brand(
    'La Poste',
    'la poste|colissimo|chronopost',
    'laposte.fr laposte.net colissimo.fr chronopost.fr lapostegroupe.com',
  ),
  brand('Mondial Relay', 'mondial relay', 'mondialrelay.fr mondialrelay.com'),
  brand('Correos', 'correos', 'correos.es correos.com correosexpress.com'),
  brand(
    'Poste Italiane',
    'poste italiane|posteitaliane|postepay|bancoposta',
    'poste.it posteitaliane.it postepay.it',
  ),
  brand('PostNL', 'postnl', 'postnl.nl postnl.com postnl.be'),
  brand('bpost', 'bpost', 'bpost.be'),
  brand('Swiss Post', 'swiss post|die post|la poste suisse', 'post.ch swisspost.ch postmail.ch', 'common'),
  brand('PostNord', 'postnord', 'postnord.com postnord.se postnord.dk', 'worldwide'),
  brand('InPost', 'inpost', 'inpost.pl inpost.it inpost.co.uk'),
  brand('Poczta Polska', 'poczta polska', 'poczta-polska.pl pocztex.pl'),
  brand('CTT', 'ctt expresso', 'ctt.pt'),
  brand('Canada Post', 'canada post|postes canada', 'canadapost.ca canadapost-postescanada.ca'),
  brand('Australia Post', 'australia post|auspost', 'auspost.com.au'),
  brand('Maersk', 'maersk', 'maersk.com'),
  brand('Aramex', 'aramex', 'aramex.com'),
  brand('TNT', 'tnt express', 'tnt.com'),
];
