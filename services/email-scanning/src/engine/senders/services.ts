const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Companies that send newsletters and receipts for others, and count clicks through hosts of their own (registrable domains). */
export const mailServices = words(
  `sendgrid.net sendgrid.com mailchimp.com list-manage.com mailchimpapp.net mandrillapp.com mcsv.net rsgsv.net mcdlv.net
  amazonses.com awstrack.me mailgun.org mailgun.net sparkpostmail.com postmarkapp.com pstmrk.it mtasv.net mailjet.com mjt.lu
  sendinblue.com brevo.com sibautomation.com sendibm1.com sendibm2.com sendibm3.com sendibt2.com sendibt3.com
  hubspotlinks.com hubspotemail.net hubspot.com hs-sites.com hubspotstarter.net constantcontact.com ccsend.com rs6.net
  campaign-archive.com createsend.com cmail19.com cmail20.com createsend1.com exacttarget.com exct.net salesforce.com
  pardot.com marketo.com mktoweb.com mkto-sj010099.com eloqua.com en25.com responsys.net rsys2.com customeriomail.com
  customer.io klaviyo.com klclick.com klclick1.com klclick2.com klclick3.com klaviyomail.com braze.com iterable.com
  cleverreach.com crsend.com rapidmail.com emarsys.net emarsys.com inxmail.com optivo.net episerver.net mailerlite.com
  mlsend.com activehosted.com activecampaign.com getresponse.com aweber.com convertkit-mail.com convertkit-mail2.com
  convertkit.com kit.com intercom-mail.com intercom.io zendesk.com freshdesk.com helpscout.net moosend.com sendpulse.com
  spgo.io bronto.com silverpop.com mkt51.net sailthru.com dotdigital.com dotmailer.com emlfiles.com dmtrk.com mailup.com
  acymailing.com newsletter2go.com mailmunch.com benchmarkemail.com bmetrack.com vresp.com icontact.com drip.com
  flodesk.com beehiiv.com substack.com ghost.org cordial.com listrak.com attentivemobile.com zohocampaigns.com
  zcsend.net zcsend.eu selligent.com adobe-campaign.com teradatadmc.com mapp.com sfmc-content.com click.io ecomtrack.io`,
);

/** Services that rewrite all links of a mail to check them when they are clicked. */
export const rewriters = words(
  'urldefense.com proofpoint.com outlook.com mimecast.com mimecastprotect.com barracudanetworks.com cudasvc.com sophos.com cisco.com trendmicro.com fireeye.com fireeyecloud.com avanan.net hornetsecurity.com antispameurope.com symanteccloud.com messagelabs.com egress.com trustifi.com fortinet.com mailguard.com.au darktrace.com',
);
