import type { Lexicon } from '../../concepts.ts';

/** Pretexts for a click or a call. */
export const pretexts: Lexicon = {
  'document-share': `
    (has|have|just|was|is) (shared|sent|uploaded|sharing) (a|an|the|some|you|with|this|new|important|via) (~) (document|documents|file|files|folder|invoice|contract|pdf|you|proposal|agreement)
    (document|file|files|documents|invoice|contract|agreement|proposal|folder|pdf) (has been|was|were|have been|is|are|) (shared|sent|uploaded|ready for|waiting for|pending|awaiting|assigned) (with|to|via|for|your|through|you|review|signature)
    (shared|secure|encrypted|protected|confidential|important|pending|new|scanned) (a|) (document|documents|file|files|message|pdf|scan|folder) (with|from|for|via|has|is|received|is ready|to|waiting|notification|portal)
    (view|open|access|review|read|download|preview|see) (the|your|this|) (shared|secure|encrypted|full|complete|scanned|pending|online|attached|) (document|documents|file|files|fax|folder|pdf|scan|encrypted message|secure message)
    (docusign|adobe sign|dropbox|sharepoint|onedrive|google drive|wetransfer|adobe cloud|hellosign|e signature|esignature|e sign|esign) (document|documents|file|files|has|shared|via|request|requested|notification|envelope|completed|pending)
    (please|to|review and|needs your|requires your|awaiting your|for your) (sign|e sign|signature|docusign|review and sign)
    (complete with docusign|review and sign|sign document|signature (requested|required|request))
    (signature|sign) (is|) (requested|required|needed|request)
    (scanned|scan|fax|copier|printer|xerox) (document|documents|from|image|message|copy|file|files|received|transmission)
    (you|you've|have) (have|received|) (a|an|received|) (new|incoming|) (fax|efax|e fax|scanned document|secure message|encrypted message|secured message)
  `,
  'voice-message': `
    (voice mail|voicemail|voice message|voice note|audio message|missed call|vm|v mail|phone message|voicemessage|vmail) (message|messages|received|from|notification|has|is|was|for|in|new|on|recording|left|waiting|audio|alert|you|)
    (new|missed|1|one|unread|received|incoming|listen to|play|hear) (new|missed|a|the|your|) (voice mail|voicemail|voice message|voice note|audio message|voice|call|vm)
    (caller|left you a|left a) (id|message|voice|voicemail)
  `,
  'parcel-held': `
    (parcel|package|shipment|delivery|consignment|item|order|courier|packet|goods) ~ (could not be delivered|is on hold|on hold|has been held|is held|is being held|was not delivered|cannot be delivered|undelivered|has been suspended|has been stopped|is waiting|awaiting|is pending|returned to|failed|unsuccessful|has been returned|was returned|stopped at|stuck|could not be completed|is still pending|not be delivered|waiting for|has been blocked|has arrived at)
    (unable|failed|attempted|tried|couldn't|could not|not able|missed) (to|) (deliver|delivery|ship) (your|the|a|of|) (parcel|package|shipment|item|order|packet|attempt|)
    (failed|missed|unsuccessful|suspended|pending|unpaid|stopped) (delivery|package|parcel|shipment) (attempt|attempts|of|notice|notification|)
    (reschedule|schedule|confirm|arrange|track|update|release) (your|the|a|) (new|) (delivery|shipment|parcel|package|redelivery|shipping address|delivery address)
    (incorrect|incomplete|wrong|invalid|missing|insufficient|unclear) (delivery|shipping|address|house|street|) (address|information|number|details|postal|zip)
  `,
  'delivery-fee': `
    (pay|paying|payment of|unpaid|outstanding|settle|cover) (the|a|of|your|small|) (small|) (customs|shipping|delivery|redelivery|import|handling|postage|clearance|vat|tax|duty) (fee|fees|duty|duties|charge|charges|cost|costs|tax|)
    (customs|shipping|delivery|redelivery|import|handling|postage|clearance|courier) (fee|fees|duty|duties|charge|charges|cost) (of|must|is|are|has|have|not|due|to be|before|payment|unpaid)
    (fee|charge|postage) (has|have|is|was) not (been|) paid
  `,
  refund: `
    (tax|irs|hmrc|ato|fiscal|vat|council tax|stimulus|government|energy|unclaimed|pending) (refund|rebate|return|repayment|relief payment|credit|stimulus) (of|is|notification|available|payment|confirmation|claim|has|for|amount|request|portal|online|now|form|due)
    (eligible|entitled|qualify|qualified|due|owed|approved) (to|for|) (receive|get|claim|) (a|an|your|) (~) (refund|rebate|compensation|reimbursement|stimulus)
    (claim|receive|collect|process|submit|get|accept) (your|the|a|this) (tax|pending|unclaimed|full|) (refund|rebate|reimbursement|compensation)
    (refund|reimbursement|rebate) (request|) (form|application) ~ (submit|complete|click|fill|refund)
    (last|annual) (~) (calculation|calculations|computation) of your (fiscal|tax) activity
    (overpaid|overpayment|billed twice|charged twice|double charge|paid twice)
  `,
  prize: `
    (you|you've|you have|have|has) (been|are|'ve been|is|) (selected|chosen|picked|randomly selected|specially selected|nominated|shortlisted) (to|for|as|from|by) (receive|get|win|participate|claim|a|an|our|the|this|as|one|random)
    (claim|redeem|collect|get|confirm|unlock) (your|the|my|this) (free|exclusive|special|) (prize|reward|rewards|gift|bonus|winnings|voucher|points|giveaway|gift card|cash|price)
    (congratulations|congrats) (you|you've|your|dear|to|winner) (have|are|'re|been|won|email|has|)
    (you|you've|have) (won|win|just won) (a|an|the|free|our|this|one|up|) (free|brand|new|chance|prize|iphone|samsung|gift|cash|grand|ipad|laptop|)
    (answer|complete|take|fill|participate) (in|out|) (a|our|the|this) (few|short|quick|brief|simple|30 second|) (questions|survey|questionnaire|marketing survey)
    (exclusive|free|surprise|special|loyalty|unclaimed) (reward|gift|prize|rewards|giveaway) (for|is|worth|from|inside|awaits|waiting|card|pending|offer)
    (reward|gift|bonus|prize|points) (points|card|) (is|are|will) (waiting|expire|expiring|available|pending|ready|reserved|about)
    (customer|loyalty) (reward|rewards|survey|appreciation) (program|programme|reward|offer|giveaway)
    free (ipod|iphone|ipad|ps5|playstation|xbox|laptop|plasma|tv|vacation|cruise|gift card|power bank|drill|tool set|cookware|airpods|macbook)
  `,
  'subscription-renewal': `
    (subscription|membership|plan|license|licence|antivirus|protection|service|contract|services|product|policy|coverage) (has been|has|was|is|will be|will|is being|is set to|is about to|) (been|) (successfully|automatically|auto|) (renewed|renew|renewing|auto renewed|be renewed|charged|activated|upgraded|extended|expire today|expired today)
    (auto renewal|auto renew|autorenewal|automatic renewal|auto debit|auto debited|renewal) (of|charge|charges|amount|notice|confirmation|is|has|subscription|plan|invoice|receipt|date|service|order|price|will)
    (renewed|renewal|renew) (successfully|your|for|of|the) (your|next|another|1|2|3|one|two|three|subscription|annual|) (year|years|subscription|annual|membership|plan|protection|antivirus|months|)
    (cancel|discontinue|stop) (this|the|your) (subscription|renewal|auto renewal|order|membership|service|plan|charge|transaction|payment)
  `,
  'charge-notice': `
    (amount|charge|payment|sum|total) (of|) (_|) (_|) (has been|was|will be|is|have been) (successfully|automatically|auto|) (debited|charged|deducted|withdrawn|billed|processed|authorized|authorised|placed|reflected)
    (charged|debited|billed|deducted|withdrawn) (from|to|on|with|for|_ _ from|_ from) (your|the|a) (account|bank|card|credit|debit|paypal|checking|registered|saved|linked)
    (will|would) (be|reflect|appear|show) (automatically|) (charged|debited|deducted|reflected|on your|in your|from your) (~) (bank|account|card|statement)
    (thank you|thanks) for (your|the|) (recent|) (purchase|order|payment|renewal|shopping|subscribing|choosing|buying|purchasing) (of|with|from|our|to|the|us|)
    (didn't|did not|haven't|not) (make|authorize|authorise|place|recognize|recognise|request|order|initiate) (this|the|that) (purchase|order|transaction|payment|charge|renewal|transfer)
    (money request|payment request|invoice) from
    (you|you've) (sent|have sent|authorized) a payment
  `,
  'call-us': `
    (call|contact|reach|dial|phone|ring|connect with|speak to|speak with|talk to|get in touch with) (us|our|the|to|on|at|with|now|immediately|customer|toll|helpdesk|help) (~) (at|on|toll|number|helpline|desk|support|team|care|department|immediately|line|free|service|billing|now)
    (toll free|tollfree|helpline|help line|customer care|customer support|support number|hotline|help desk number|contact number|phone number|helpdesk|support team) (number|no|at|is|on|line|immediately|for|to|)
    (to|for|if you want to|wish to|want to) (cancel*|dispute|refund|claim a refund|stop|discontinue|report) (~) (call|contact|dial|phone|reach)
    (call|dial) (now|immediately|today|asap|within|us now)
    (questions|queries|concerns) (please|) call
  `,
  infected: `
    (computer|device|pc|phone|iphone|system|mac|windows|android) (is|has been|may be|has|was) (been|) (infected|compromised|at risk|hacked|damaged|unprotected|vulnerable|exposed)
    (virus|viruses|trojan|malware|spyware) (have been|has been|were|was|are|) (detected|found|infected)
    (antivirus|anti virus|norton|mcafee|protection|defender) (protection|subscription|license|security|plan|has|) (has|may have|is|will|) (expired|expire|ended|expires|expiring|renewal)
    (renew|activate|update|reactivate) (your|now|the) (antivirus|anti virus|protection|virus protection|security software|norton|mcafee)
  `,
};
