import { getDomain } from 'tldts';

/** Used by very many for everything: that one address below them is bad says nothing about the host. */
const popular = new Set(
  `google.com gmail.com youtube.com youtu.be goo.gl googleusercontent.com gstatic.com googleapis.com withgoogle.com
  microsoft.com office.com office365.com live.com outlook.com hotmail.com bing.com msn.com skype.com linkedin.com aka.ms
  windows.net microsoftonline.com onedrive.com 1drv.ms
  apple.com icloud.com amazon.com amazon.de amazon.co.uk amazon.fr amazon.it amazon.es amazonaws.com cloudfront.net
  facebook.com fb.com instagram.com whatsapp.com messenger.com twitter.com x.com t.co tiktok.com reddit.com pinterest.com
  yahoo.com aol.com gmx.net gmx.de web.de t-online.de orange.fr free.fr libero.it proton.me protonmail.com
  dropbox.com dropboxusercontent.com box.com wetransfer.com we.tl mediafire.com mega.nz telegram.org t.me discord.com
  discordapp.com slack.com zoom.us teams.us notion.so evernote.com trello.com atlassian.com atlassian.net
  github.com githubusercontent.com gitlab.com bitbucket.org sourceforge.net stackoverflow.com npmjs.com pypi.org docker.com
  adobe.com docusign.com docusign.net salesforce.com hubspot.com zendesk.com mailchimp.com sendgrid.net sendgrid.com
  paypal.com stripe.com ebay.com ebay.de dhl.com dhl.de ups.com fedex.com dpd.com
  bit.ly tinyurl.com ow.ly is.gd lnkd.in rebrand.ly cutt.ly buff.ly
  wikipedia.org wikimedia.org archive.org medium.com mozilla.org debian.org ubuntu.com kernel.org apache.org
  cloudflare.com akamai.net akamaihd.net fastly.net jsdelivr.net unpkg.com cdnjs.com imgur.com spotify.com netflix.com
  pastebin.com scribd.com issuu.com canva.com figma.com typeform.com surveymonkey.com eventbrite.com calendly.com`.split(
    /\s+/,
  ),
);

/** Where everybody gets a name below: the name itself is nobody's, one below it is somebody's. */
const shared = new Set(
  `sharepoint.com myshopify.com wixsite.com wix.com weebly.com wordpress.com squarespace.com godaddysites.com tumblr.com
  blogspot.com webflow.io strikingly.com jimdosite.com jimdo.com site123.me yolasite.com ucoz.com 000webhostapp.com
  duckdns.org no-ip.org no-ip.com ngrok.io ngrok.app trycloudflare.com ipfs.io dweb.link firebaseapp.com`.split(
    /\s+/,
  ),
);

/** Whether a host is used by so many that it may be matched by a full URL only, never by its name. */
export function isPopular(host: string): boolean {
  const bare = host.replace(/^www\./, '');
  if (shared.has(bare) || popular.has(getDomain(host) ?? '')) return true;
  // A suffix under which others register: `com`, `co.uk`, `github.io`.
  return getDomain(host, { allowPrivateDomains: true }) === null;
}
