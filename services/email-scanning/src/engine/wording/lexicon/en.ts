import type { Lexicon } from '../concepts.ts';

export const en: Lexicon = {
  'account-threat': `
    (account|accounts|profile|mailbox|email|e mail|card|access|membership|wallet|password|login|domain) ~ (has|have|is|was|were|been|be|being|get) (temporarily|permanently|partially|now|currently|automatically|been|) (been|) (suspend*|limited|locked|blocked|restricted|deactivated|disabled|frozen|flagged|compromised|placed on hold|on hold|terminated|closed|expired|blacklisted)
    (account|mailbox|email|e mail|card|access) (will|may|shall|might|could) (soon|) be (temporarily|permanently|automatically|) (suspend*|limited|locked|blocked|restricted|deactivat*|disabled|terminated|closed|deleted|removed|shut|blacklisted|frozen)
    (suspended|limited|locked|restricted|blocked|disabled|frozen|suspend|limit|restrict|lock|block|deactivate|disable|terminate) (your|the|all|) (access|) (to|) (your|) (~) (account|mailbox|e mail|email|card|access)
    we (have|had|'ve|) (temporarily|) (suspended|limited|locked|restricted|blocked|disabled|deactivated) ~ (account|access|card|mailbox)
    account (suspension|limitation|termination|deactivation|closure|restriction|on hold|suspended|locked|limited|blocked|disabled|restricted|termination)
    (email|mailbox|e mail) (deactivation|termination|shutdown|closure|suspension)
    (avoid|prevent) (the|) (account|) (suspension|termination|deactivation|closure|interruption|limitation|disruption|disconnection)
    (request|requested) to (deactivate|terminate|close|shut down|delete) (your|the) ~ (account|mailbox|email|e mail)
    (deactivation|termination|shutdown|closure) request
    (remove|lift|restore|resolve) (the|this|these|) (limitation|limitations|restriction|restrictions|suspension|limits|block|hold)
    (limited|suspended|restricted|violated) (for|due to) ~ (security|violation|policy|terms)
    your (account|access) (is|has been) at risk
  `,
  'unusual-activity': `
    (unusual|suspicious|unauthorized|unauthorised|fraudulent|abnormal|irregular|unrecognized|unrecognised|unknown|strange|illegal) (login|log in|sign in|signin|account|security|payment|card|) (activity|activities|access|attempt|attempts|login|log in|sign in|signin|transaction|transactions|charge|charges|use|usage|device|ip|location)
    (someone|somebody|hacker|third party|intruder) (has|have|had|may have|might have|is trying to|tried to|just|) (access*|used|log*|sign*|enter*|compromis*) ~ (account|password|email|into)
    (sign in|signin|login|log in|access) (attempt|) ~ (from a|from an|on a|by a) (new|unknown|different|unrecognized|unrecognised|foreign) (device|location|ip|computer|browser|country|place)
    (new|recent) (sign in|login|log in|device) (to|on|from|was|detected|attempt)
    (noticed|detected|identified|discovered|recorded|observed) (some|a|an|several|multiple|that|) (unusual|suspicious|irregular|unauthorized|failed|invalid|error|errors|problem|issue|issues|login|sign|different)
    (failed|invalid|multiple) (login|log in|sign in|password) (attempt|attempts)
    (account|security) (has been|was|may have been|might have been|may be) (accessed|compromised|hacked|breached|tampered)
  `,
  'mailbox-trouble': `
    (mailbox|email|e mail|mail|inbox|storage|webmail|account|cloud|icloud|drive) (account|storage|quota|space|size|box|) (is|has|is now|is almost|has almost|almost|nearly|has reached|has exceeded|have exceeded|exceeded|reached) ~ (full|quota|limit|capacity|threshold|exceeded|storage|maximum)
    (exceeded|exceeds|reached|over) (your|its|the|their|) ~ (storage|mailbox|quota|mail|email) (limit|quota|space|capacity|size|)
    (storage|mailbox|quota|email) (limit|quota|space|capacity|is|) (exceeded|full|almost full|reached|warning)
    (pending|held|undelivered|undeliver*|quarantin*|blocked|suspended|delayed|clustered|stuck|withheld) (incoming|email|e mail|mail|) (messages|message|mails|emails|e mails|mail) (are|were|have|has|is|from|on|in|pending|for|due|that|could|will|to|waiting)
    (incoming|unread|failed|rejected|pending|undelivered) (messages|mails|emails|e mails|mail) (are|were|have|from your|on hold|to your|could|will|waiting|that)
    (have|has|received|got|are|were|is) (~) (pending|undelivered|held|withheld|quarantin*|unreceived|delayed) (incoming|) (message|messages|mail|mails|email|emails)
    (release|retrieve|recover|deliver) (your|the|these|all|pending|) (pending|held|undelivered|quarantin*|delayed|incoming|) (messages|mails|emails|message|e mails)
    (upgrade|increase|re validate|revalidate|validate|update|re activate|reactivate|re confirm|expand|migrate|upgrading) (your|the|to) (mailbox|email|e mail|webmail|mail|inbox|storage|quota|email account|web mail) (quota|storage|account|space|size|access|version|)
    (unable|not able|not be able) to (send|receive) (or|and|) (send|receive|new|any|) (new|) (mail|mails|email|emails|messages|e mails)
    (mail|email|e mail|imap|smtp|server|sync) (server|delivery|sync|synchronization|syncing|) (error|failure|failed) ~ (prevent*|messages|incoming|deliver|inbox|mailbox|server)
    (webmail|mail|email) (server|system|) (maintenance|upgrade|upgrading|migration)
    deleting all inactive
    (inactive|unused|dormant) (mailboxes|email accounts|webmail accounts|accounts|mailbox)
  `,
  'password-expiry': `
    password (for|of|to|) ~ (expires|expire|expired|expiring|will expire|has expired|is expired|is expiring|expiry|expiration|will expires|is due)
    (keep|use|maintain|retain|continue) (using|with|) (my|your|the|same|current) (same|current|) password
    password (expiration|expiry|reset|notification|notice|alert) (notification|notice|alert|today|warning|required)
    (mailbox|email|session|credentials|authentication|access) ~ (expires today|expire today|will expire|about to expire|is expiring)
  `,
  'payment-problem': `
    (payment|billing|card|debit|charge|renewal|transaction|invoice|autopay|direct debit) ~ (declined|failed|rejected|unsuccessful|could not be processed|was not processed|not be processed|could not be completed|on hold|overdue|failure|returned|was denied|was refused)
    (trouble|problem|problems|issue|issues|difficulty|unable|failed|failing|hiccup|not able) (with|to|processing|charging|authorizing|authorising|validating|) (your|the|process|authorize|authorise|charge|validate|verify|renew|collect|bill) (your|the|last|current|) (last|current|) (payment|billing|card|subscription|credit|membership|method|information)
    (update|verify|confirm|check|review|add|correct) (your|the|a) (current|new|valid|) (payment|billing|credit card|card|debit card|bank) (method|information|details|info|data|address|card|)
    (card|payment method|billing information|billing details) (on file|has|is|has been|) (expired|is invalid|no longer valid|declined|outdated|was rejected)
    billing (problem|issue|error|failure|information update)
  `,
  'loss-threat': `
    (will|may|could|would|can) (permanently|also|result in|lose|) (lose|loss of|be lost|losing) (your|all|access|the|) (access|data|emails|account|files|photos|funds|important|messages|mail)
    (will|shall|may) (be|get) (permanently|automatically|completely|) (deleted|erased|removed|lost|destroyed|purged|terminated|deactivated|suspended|blocked|disconnected)
    (failure|failing|fail|refusal|refuse|inability) (to|of) (do|comply|verify|confirm|update|validate|act|respond|complete|upgrade|adhere|this)
    (if|unless) (you|this|we) (do not|don't|fail to|ignore|does not|not|did not|have not) ~ (verify|confirm|update|respond|act|validate|upgrade|complete|ignore)
    (to|and) (avoid|prevent) ~ (loss|losing|interruption|disruption|suspension|termination|deactivation|closure|cancellation|service|penalty|penalties|account)
    (risk|danger) (of|losing) (losing|being|permanent|your|access)
    legal (action|proceedings|consequences) (will|may|against)
  `,
  'verify-demand': `
    (verify|confirm|validate|authenticate|re verify|reverify|re confirm|reconfirm|revalidate|re validate|update|restore|recover|reactivate|re activate|unlock|secure|review|renew) (your|you|the|of your|my) (~) (account|accounts|identity|information|details|password|email|e mail|mailbox|profile|ownership|credentials|data|address|access|wallet|records|billing|login|membership|record|info|payment|payment method|card|subscription)
    (account|identity|email|e mail|password|ownership|wallet|billing|information|security) (verification|validation|confirmation|authentication|update|upgrade|reactivation) (is|required|needed|process|form|page|link|now|today|code|procedure|team|)
    (verify|confirm|validate|activate|update|restore|unlock|reactivate|secure|recover) (now|it|here|account|ownership|identity|password|email|mailbox|your account)
    (need|needs|have|has|required|requires|require|must|asked|request|urged) (you|) to (verify|confirm|validate|update|re confirm|reconfirm|revalidate|authenticate|re activate|log in|login|sign in|provide)
    (provide|enter|submit|send|fill|supply|reply with|give) (us|in|) (your|the|following|with|) (~) (username|user name|password|login|credentials|social security|card number|pin|date of birth|account number|account details|personal information|security code)
    (change|reset) (your|the) password (now|immediately|here|by)
    (verify|confirm) (that|) (you|this|it) (are|is|was) (the|you|a|really|not) (owner|robot|real|rightful|)
  `,
  'click-demand': `
    (click|clicking|press|tap|follow|use|visit|open|select) (on|) (the|this|our|below|here|that) (~) (link|links|button|url|here|below|following|address|page|web|website|portal|form|secure|icon|image)
    (click|tap|press) (here|below|now|this|the)
    (sign in|signin|log in|login|log on|logon|logging in|signing in) (to|here|now|below|with|at|using|by|through|via|into) (your|the|our|my|account|below|here|link|this|clicking|secure|)
    (link|button|website|url) (below|given below|provided|that follows|above)
    (kindly|please|simply|just) (click|follow|log|login|sign|visit|tap|use the|go to|open the)
    (copy|paste) (and|the|this) (paste|link|url|address|following|it)
  `,
  urgency: `
    (urgent|urgently|immediately|asap|promptly)
    (immediate|urgent|your immediate|prompt|swift) (action|attention|response|verification|update|reply|measures|notice|assistance|payment|answer)
    (action|attention|response|update|verification) (is|) (required|needed|requested|necessary)
    (as soon as possible|right away|without delay|at once|at your earliest|before it is too late|before it's too late|last chance|final notice|final warning|last warning|final reminder|last reminder|important notice|time sensitive|act fast|act now|don't delay|do not delay|hurry)
    (must|need to) (act|respond|reply|be done|do this) (now|quickly|today|immediately|fast)
  `,
  deadline: `
    (within|in|in the next|next|the next|less than|after) (the|next|) (24|48|72|12|36|6|7|2|3|5|4|10|14|twenty four|forty eight|seventy two|twelve|two|three|24hrs|48hrs|72hrs|24h|48h) (hours|hour|hrs|hr|business days|working days|days|day|business hours)
    (24hrs|48hrs|72hrs|24hours|48hours|24h|48h)
    (expires|expire|ends|expiring|due) (today|tomorrow|tonight|soon|shortly|in|within|on)
    (before|by|until) (the|) (end of|close of|midnight|today|tomorrow|deadline) (the|today|business|day|this|)
    (days|hours) (left|remaining|to)
  `,
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
  opener: `
    (are you|are u|r u|you) (available|free|at your desk|in the office|at the office|at work|around|busy|at the moment) (at the moment|right now|now|today|this morning|this afternoon|for a|to handle|to|currently|)
    (do you have|have you got|have) (a|) (moment|minute|second|few minutes|free time)
    (quick|urgent|small|personal|confidential|important|discreet|special) (task|favor|favour|errand|request|assignment|assistance|tasks|question for you)
    (need|require) (you|your) (to|) (run an|handle|assist|help me with|carry out|take care|attention to|personal|assistance|quick|urgent|cell|mobile|phone number|complete) (an|a|quick|urgent|cell|with|personal|number|)
    (i'm|i am|am|currently) (currently|) (in a|in|going into|heading into|tied up|stuck in|about to go into) (a|) (meeting|conference|meetings|conference call|session|at the moment|call)
    (can't|cannot|can not|unable to|not able to|not) (take|talk|receive|make) (calls|phone|call|on the phone|any calls|a call)
    (send|give|text|drop|forward|share|kindly send|provide) (me|) (your|with your|ur|) (cell|mobile|whatsapp|phone|cellphone|personal|personal phone|direct) (number|phone|phone number|no|line|cell)
    (get back to me|let me know if you are|let me know when you are|reply|email me|write me) (asap|here|available|as soon|back|once|when|free|via)
    (can you|could you|would you) (handle|take care of|help me|assist me|do something|do me|get this done|process|make|complete|carry out) (~) (task|favor|favour|asap|today|payment|this|transfer|wire|purchase|right now|errand|for me)
  `,
  secrecy: `
    (keep|treat|handle) (this|it|the|between) (~) (confidential|between us|secret|between you|private|discreet|confidence|to yourself|confidentially|discreetly|strictly|surprise)
    (do not|don't|not to) (tell|discuss|disclose|mention|inform|share) (anyone|this|with anyone|it|anybody|the|to anyone|with anybody)
    (strictly|highly|very|utmost|absolute) (confidential|confidentiality|secrecy|discretion|secret)
    (this is|is) (a|) (confidential|private and confidential) (transaction|matter|business|proposal|deal|acquisition)
    (100 risk free|risk free transaction|hitch free|100 safe|mutual benefit|mutual trust)
  `,
  'gift-card': `
    (buy|purchase|get|obtain|pick up|need|procure|send|arrange) (some|me|us|a|the|few|a few|you to get|) (~) (gift card|gift cards|giftcard|giftcards|itunes cards|steam cards|google play cards|apple cards|prepaid cards|vanilla cards|amazon cards|ebay cards)
    (itunes|steam|google play|apple|amazon|ebay|target|walmart|vanilla|sephora|razer|physical) (gift card|gift cards|giftcard|giftcards)
    (scratch|scratching) (the|them|off|back|and|to) (back|cards|off|card|reveal|out|send|)
    (send|take|snap|email) (me|a|the|) (clear|) (pictures|picture|photos|photo|pics|pic|codes|code) of (the|each|them|) (back|card|cards|codes|)
  `,
  'payroll-change': `
    (change|update|switch|modify|edit|amend|changing|updating) (my|the|her|his) (~) (direct deposit|payroll|dd|salary|paycheck|pay|salary account|deposit) (information|details|account|info|bank|to|on file|)
    (direct deposit|payroll|salary|paycheck|pay check|dd) (information|details|info|account|bank|) (~) (change|changed|update|updated|switch|new|changes)
    (next|before the next|current|upcoming) (pay|payroll|payday|paycheck) (date|cycle|period|run|day|)  
    (changed|switched|opened|opening) (my|a|to a|to) (new|bank|) (banks|bank|account|bank account) ~ (direct|payroll|salary|deposit|paycheck)
  `,
  'bank-change': `
    (bank|banking|account|payment|remittance|beneficiary|wire|ach) (account|) (details|information|instructions|data|coordinates|info|detail) (have|has|had|is|are|were|was|being|) (been|being|) (recently|just|now|) (changed|updated|revised|different|modified|replaced|no longer)
    (new|updated|changed|revised|different|alternative|alternate) (bank|banking|beneficiary|payment|remittance|wire|ach|account) (account|) (details|information|instructions|detail|account|data|info|coordinates)
    (new|different|another|updated|alternative|alternate|our new|other) (bank|beneficiary|receiving|offshore|subsidiary) account
    (change|changes|update|switch|modify|amend|changed|updated|changing|updating) (of|to|in|our|the|your|all) (our|the|your|) (bank|banking|payment|remittance|beneficiary|ach|wire|account) (account|) (details|information|instructions|account|info|bank|data|records|)
    (changed|switched|moved|migrated|transitioned) (our|to a|to another|to a new|to our) (new|) (bank|banks|banking|accounts|account)
    (old|previous|former|current|usual|existing|regular) (bank|) account (is|has|is no longer|is currently|under|cannot|can not|has been|was) (~) (audit|audited|closed|frozen|longer|inactive|available|auditing|blocked|receive|unavailable|restricted|annual)
    (pay|paid|payments|payment|remit|transfer|settle|made|sent|send|remitted|funds) (all|future|any|the|outstanding|to|into|be|made|only|sent|your|) (~) (to|into) (our|the|this|a|following) (new|updated|following|different|below|alternative|other|subsidiary) (bank|) account
    (do not|don't|please do not|no longer) (pay|send|make|use|remit|transfer) (any|the|to|our|payment|payments|funds|) (payments|payment|further|to|our|the|) (~) (old|previous|former|existing) (bank|account|iban|details)
  `,
  'transfer-request': `
    (wire|bank|urgent|outgoing|same day|swift|international|ach) (transfer|payment|wire) (of|to|for|today|needs|need|out|immediately|request|must|that|processed|has)
    (process|make|initiate|send|complete|arrange|effect|set up|execute|handle|authorize) (a|an|the|this|that|) (urgent|outgoing|wire|same day|domestic|international|quick|) (wire|wire transfer|bank transfer|payment|transfer|ach) (to|for|of|today|immediately|asap|now|right|out|urgently)
    (outstanding|overdue|pending|past due) (payment|invoice|balance) (today|immediately|asap|needs|must)
    (can you|could you|kindly|please) (confirm|advise|let me know) (if|when|how|what|soonest) (you|we|the|this) (can|could|payment|transfer|wire|is) (~) (payment|transfer|wire|today)
  `,
  inheritance: `
    (next of kin|beneficiary of|unclaimed (inheritance|fund|funds|deposit)|inheritance (fund|funds|claim|money)|late (husband|client|father|customer)|same (surname|last name|family name))
    (unclaimed|abandoned|dormant|inherited|inheritance) (fund|funds|deposit|money|account|estate|assets|sum)
    (next of kin|inheritance|bequeath*|will and testament|codicil|probate)
    (my|his|her) (late|deceased) (husband|client|father|customer|wife|brother|boss)
    (died|death|killed|deceased|perished) (in a|in the|in|of|along|without|intestate|as) (~) (crash|cancer|accident|kin|will|heir|war|family|intestate|disaster)
    (terminal|diagnosed with|suffering from|battling) (~) (cancer|illness|disease|tumor|tumour)
    (foreign|deceased) (customer|client|contractor|depositor)
  `,
  lottery: `
    (lottery|lotto|powerball|mega millions|euro millions|euromillions) (winner|winners|winning|winnings|award|prize|ticket|international|promotions|draw|promo|department|board|company|program|programme|notification|commission|coordinator|agent|has|)
    (sweepstake|sweepstakes|jackpot|promotion|promo) (winner|winners|winnings|award|international|draw|department|board|commission|coordinator|agent)  
    (winning|lucky|batch|lottery) (numbers|number|no|winner|winners|notification|ticket|tickets|batch)
    (email|e mail) (address|id|) (has|have|was|is|emerged|) (been|) (won|drew|emerged|selected|attached|picked|chosen) (~) (winner|winning|ticket|lottery|prize|draw|award|a)
    (claims|claim|fiduciary|processing|paying) (agent|department|officer|processing|requirements|your winning|your prize)
    (have|has) (won|been awarded) (the sum|a sum|a total|the amount|a cash|a lump|an amount|a whopping)
  `,
  donation: `
    (donate|donation|donating|donated|gift|grant|grants|giveaway|blessing) (of|the sum|a sum|sum|you|to you|out|away|my|) (~) (million|millions|sum of|fortune|dollars|usd|euros|wealth|gbp|pounds)
    (chosen|selected|picked) (as|to be|to|) (one of|) (the|a|be|receive|my) (beneficiary|beneficiaries|recipient|recipients|donation|grant|lucky)
    (donation|grant|charity|covid 19|relief|compensation|humanitarian) (fund|funds|award|project|has been|was|for you|to you|from|work|foundation|payment) (made|of|approved|awarded|given|donated|compensation|)
    (charity|orphanage|orphanages|less privileged|widows|motherless|humanitarian|philanthrop*|charitable)
    (compensation|scam victims|victims of) (fund|funds|payment|scam|scammers)
  `,
  'fund-offer': `
    (sum of|amount of|total of|value of|worth of|tune of|deposit of|inheritance of|fund of|funds of) (~) (million|millions|billion|usd|us dollars|dollars|euros|pounds|united states dollars|_ million|_ 000 000)
    (_|) (million|millions|point five million) (united states|us|u s|american|british|usd|euro|) (dollars|pounds|euros|usd|dollar|gbp|euro|only)
    (transfer|transferring|transferred|move|moving|release|remit|claim|receive|repatriate|investing|relocate) (of|the|this|these|your|out|said|such|) (~) (fund|funds|money|sum|consignment|million|trunk|wealth|inheritance) (into|to|out|from|of|in|and|which|will|for|)
    (fund|funds|money|deposit) (will be|be|was|is|has been|have been|deposited|transferred|released) (~) (transferred|released|deposited|security company|vault|account|bank)
    (consignment|trunk|trunks|diplomatic|atm (card|visa card)|payment file|over invoiced|contract sum|security company|finance company|diplomat|diplomatic courier|atm card)
    (your|) (bank|account) (name|account number|details|information|account details|particulars) (~) (full name|telephone|phone|fax|address|occupation|age)
    (full names|full name) (_|) (contact address|address|telephone|your address|direct|country|home address|age|occupation|residential)
    (percent|30|40|50|20|10|35|25) (percent|of|for) (the|of the|this|total|for you|your) (~) (fund|funds|total|money|sum|amount|share|you)
    (foreign partner|foreign account|trusted partner|reliable partner|business proposal|business proposition|business transaction|mutual business)
  `,
  'partner-wanted': `
    (seek|seeking|need|require|solicit*|looking for|request|crave|want|asking for) (a|an|your|for your|for|you|) (~) (assistance|cooperation|co operation|partnership|partner|indulgence|consent|help|trust|urgent response|foreigner|representative) (in|to|for|as|with|who|on|and|)
    (i am|i'm) (the|a|an|) (_|) (_|) (son|daughter|wife|widow|attorney|solicitor|auditor|banker|bank manager|branch manager) (of|to|in|with)
    (i am|i'm|my name is) (mr|mrs|dr|barrister|barr|miss|sgt|engr|prince|princess|general|capt)
    (god bless|remain blessed|in the name of|yours in christ|god fearing|almighty god|beloved in|dearest one|dear beloved|dear friend|dearest|beloved|calvary greetings|good day|greetings to you|compliments of the|compliment of the|attn|attention beneficiary|dear beneficiary|attention sir|dear sir madam|hello friend|my dear)
    (contact|reply|email|write) (me|him|her|back|to me|to my) (~) (private|personal|alternative|via|through|at|on|this|immediately|urgently|below) (email|e mail|address|for more|mailbox)
    (for|give you) (more|further) (details|information|clarification) (about|on|please|regarding|reply|contact|email|)
    (await|awaiting|waiting for|looking forward to|anticipat*|expect*) (your|to your|for your|hearing) (urgent|immediate|prompt|swift|quick|kind|positive|early|favourable|favorable|) (response|reply|hearing|cooperation|co operation|reply)
    (i got|got|obtained|came across|found) (your|) (contact|email|e mail|name|address|profile) (~) (from|through|in|on|search|internet|database|directory|information)
    (may surprise you|come as a surprise|as a surprise to you|do not know me|don't know me|never met|we have not met|not met before|without knowing you|total stranger)
  `,
  'extortion-recording': `
    (recorded|recording|filmed|video|footage|captured|screenshots|webcam) (you|of you|your|a video|the video|video|footage) (~) (masturbat*|pleasuring|watching|satisfying|porn|sexual|intimate|enjoying|screen|adult|camera|jerking|video|webcam)
    (turned on|access to|activated|hacked|control of|through|gained access to) (your|the) (camera|webcam|microphone|device camera|web camera|devices|operating system|front camera)
    (installed|infected|planted|placed|uploaded|put) (a|my|your|the|some|with my) (~) (trojan|malware|virus|spyware|rat|keylogger|exploit|software|private malware) (on|in|to|onto|your|the|and|)
    (send|share|publish|distribute|forward|release|post|leak|spread) (the|this|your|it|all|that|them) (~) (video|videos|recording|footage|to all|contacts|friends|family|files|photos|everyone|data)
    (hacked|cracked|broke into|compromised|full access to|have access to|breached|access to) (your|all your|all of your) (operating|account|device|devices|system|email|computer|phone|accounts)
    (masturbat*|adult (sites|websites|content|videos)|porn (sites|site|websites|website|videos)|porn|pornographic) 
    (i am|i'm|we are) (a|an|the|) (professional|) (hacker|hackers|hacking|who hacked|spyware|cracker|pentester)
    (your|one of your|old) (password|passwords) (is|was|at the moment|from)
    (ddos|your website|your company|your network|your data) ~ (attack|hacked|encrypted|will be destroyed|leak)
  `,
  'extortion-payment': `
    (transfer|send|pay|paying|deposit|payment of|make|donate) (me|exactly|the amount|the sum|_|us|the|through|in|by|amount of) (~) (bitcoin|bitcoins|btc|monero|in btc|usd|cryptocurrency|usd in bitcoin|ethereum|litecoin)
    (bitcoin|btc|monero|crypto|my|xmr|eth) (wallet|address|account|wallet address|wallet id) (is|address|here|below|number|to|for|_)
    (bitcoin|btc|xmr) (wallet|address)
    (_|) (usd|dollars|btc|bitcoin|bitcoins) (in|worth|equivalent|to|of) (bitcoin|bitcoins|btc|my|this|cryptocurrency|the|equivalent)
    (hours|days|hour|48|24|50|72) (to|from|after|in order to|starting) (pay|make|transfer|opening|reading|the moment|you open|opened|complete|send)
    (buy|purchase|get) (bitcoin|bitcoins|btc|cryptocurrency)
  `,
  wallet: `
    (seed|recovery|secret|mnemonic|backup|12 word|24 word|passphrase|private) (phrase|phrases|seed|key phrase|recovery phrase|words|keys)
    (metamask|trust wallet|trustwallet|ledger|trezor|coinbase|blockchain|phantom|exodus|electrum|binance|crypto|walletconnect|wallet connect|kraken|uniswap|opensea|bitpay) (wallet|account|team|support|app|device|security|users|user|live|live app|verification|assets|update) (~) (verif*|suspend*|upgrade|update*|restrict*|secur*|connect*|protect*|has|will|must|lock*|merge|synchroni*|migrat*|deactivat*|limit*)
    (verify|connect|synchronize|sync|validate|restore|migrate|import|upgrade|secure|update|re sync|rectify) (your|my|the|a|all) (~) (wallet|wallets|ledger|metamask|crypto assets|trezor)
    (wallet) (verification|suspension|validation|synchronization|upgrade|restricted|suspended|migration|will be suspended|has been suspended|recovery)
    kyc (verification|compliance|regulations|regulation|update|process|requirements)
  `,
  'crypto-gift': `
    (airdrop|air drop|airdrops|token giveaway|crypto giveaway|bitcoin giveaway|btc giveaway|free bitcoin|free bitcoins|free btc|free crypto|free tokens|free nft)
    (claim|receive|withdraw|collect|get|transfer|cash out) (your|the|my|a|free|up to|this) (~) (bitcoin|bitcoins|btc|eth|ethereum|tokens|crypto|usdt|airdrop|xrp|coins|nft|mining|token)
    (bitcoin|btc|crypto|mining|usdt|ethereum) (~) (balance|payout|transfer|withdrawal|earnings|income|deposit|account) (is|of|has|waiting|available|ready|pending|confirmed|approved|request|to|will|automatic)
    (automatic|automated|cloud|free) (bitcoin|crypto|btc|) mining
    (your|) account (has been|was) credited with (_|) (_|) (btc|bitcoin|usdt|eth)
  `,
  investment: `
    (guaranteed|high|passive|daily|weekly|monthly|huge|massive|excellent|fixed|great) (profit|profits|return|returns|income|roi|gains|earnings|interest) (of|on|from|every|in|with|per|daily|for|and|without|guaranteed|_)
    (invest|investing|investment|trading|trade|trader) (platform|opportunity|opportunities|program|programme|plan|company|portfolio|bot|robot|with|in|of|proposal|funding|loan|capital|minimum|a minimum|as little as) (~) (profit|return|returns|million|crypto|bitcoin|forex|guaranteed|lucrative|platform|_ project|funding|partner|business)
    (forex|binary options|crypto trading|bitcoin trading|bitcoin investment|crypto investment|trading bot|fund your (project|business)|project (funding|financing))
    (financial freedom|double your (money|investment|bitcoin)|quit your job|make you rich|become a millionaire|get rich|become rich|lucrative investment)
    (earn|made|make|making|earned) (up to|over|_|at least|) (_|) (per|a|every|each|daily|in one) (day|week|hour|month|daily|weekly)
  `,
  dating: `
    (lonely|single|hot|beautiful|russian|asian|ukrainian|local|real|sexy|mature|gorgeous|attractive|single and|latin) (singles|girls|women|ladies|brides|girl|woman|lady|housewives|wives|moms|milfs|babes|guys)
    (looking|searching|waiting|ready) (for|to) (a|meet|my|real|true|serious|date|chat with|someone|new) (~) (man|love|relationship|partner|you|soulmate|men|husband|singles|friend|date|people)
    (find|meet|met) (your|true|real|the|local|new|hot|sexy|someone) (soulmate|love|perfect|singles|single|special|one|match|girls|women|partner|lover)
    (dating|hookup|hook up|matchmaking|date) (site|service|website|sites|tonight|profile|online|app|community|agency)
    (see|view|check) (my|her) (photos|profile|pictures|pics|photo|private photos|webcam)
    (wants|want|like|love) to (meet|chat with|date|get to know|know) (you|me|someone)
  `,
  adult: `
    (xxx|porn|hardcore|nude|naked|nudes|sex tape|horny|sluts|cumshot|teens|amateur sex|adult dvd|adult video|webcam girls|live girls|explicit|anal|blowjob|pussy|cum|fuck|orgasm|cock|dick|incest|bestiality|lolita)
    (free|live|adult|sexy|hot|uncensored) (sex|porn|nude|xxx|pics|cam|cams|webcam|webcams|adult|movies|teens|girls|pussy)
    (must be|be|are) (at least|over|) (18|21) (years|or older|and over|to enter|yrs)
    sexually explicit
  `,
  pharmacy: `
    (viagra|cialis|levitra|tadalafil|sildenafil|xanax|valium|vicodin|phentermine|ambien|tramadol|hydrocodone|soma|propecia|zoloft|prozac|meridia|adipex|kamagra|percocet|oxycontin|oxycodone|codeine|human growth hormone|hgh|lipitor|ultram|vpxl|steroids)
    (online|canadian|canada|internet|discount|cheap|licensed|mexican|us|best|overseas) (pharmacy|pharmacies|drugstore|drugs|meds|medications|drug store|pharma|rx)
    (no|without|without a|without any) (prior|doctor|doctors|) (prescription|prescriptions) (needed|required|necessary|)
    (erectile|erection|erections|impotence|ejaculation|penis|libido|male enhancement|male enhancer|enlarge|enlargement|sexual performance|sex drive|sex life|manhood|bigger penis|last longer in bed|inches longer|harder erections|potency|breast enlargement|breast enhancement)
    (prescription|generic|cheap|discount|quality|popular|order) (drugs|medications|meds|drug|medication|medicines|pills)
    (herbal|natural|organic|cbd|hemp) (viagra|supplement|pills|remedy|formula|gummies|oil|alternative|enhancement|enhancer|product)
    (blood sugar|joint pain|toenail fungus|tinnitus|neuropathy|diabetes|prostate|memory loss|snoring|hair loss|eyesight|nail fungus) (naturally|trick|cure|remedy|support|solution|breakthrough|secret|discovery|ritual|forever|treatment|relief|product|loophole)
    (cure|reverse|stop|reverses|end|eliminate|cures|get rid of) (your|) (diabetes|tinnitus|baldness|arthritis|hair loss|pain|snoring|neuropathy|wrinkles|aging|ageing|fungus|cancer)
    (anti aging|anti ageing|reverse aging|look younger|years younger|wrinkles)
  `,
  replica: `
    (replica|replicas|fake|imitation|swiss|designer|luxury|exact copy|copies of|brand name|knockoff) (watches|watch|rolex|handbags|bags|rolexes|timepieces|jewelry|goods|shoes|pens|handbag|purses)
    (rolex|cartier|breitling|omega|tag heuer|patek philippe|louis vuitton|gucci|prada|chanel|bvlgari|tiffany|panerai|hermes|ray ban|rayban|ugg|oakley|michael kors) (watches|watch|replica|replicas|handbags|bags|rolex|omega|bag|gucci|sunglasses|boots|outlet|cartier|breitling|prada)
    (rolex|replica watches|prestige replica|knock offs)
  `,
  'cheap-software': `
    (cheap|oem|discount|cheapest|downloadable|low cost|original|discounted|popular|wholesale) (oem|microsoft|adobe|) (software|softwares|soft)
    (microsoft|adobe|windows|office|photoshop|autocad|acrobat|norton|macromedia|xp pro|corel) (_|) (_|) (_|) (only|for only|price|for just|retail|our price|you save|your price)
    (our low price|you pay only|our price)
    (copy|backup|burn|rip) (any|your|all|) (dvd|dvds|movies)
    (cable|satellite|tv) (descrambler|filter|tv for free|channels free)
    (toner|ink|inkjet|printer) (cartridges|cartridge|supplies|ink) (_|at|for|save|up|)
  `,
  loan: `
    (mortgage|refinance|refinancing|home loan|home equity|refi|interest|lowest) (rate|rates|loan|loans|quote|lenders|lender|application|payment|approved|approval|your home|now|your|leads|company)
    (lower|lowest|reduce|low|cut) (your|monthly|interest|mortgage|rates|the|) (mortgage|monthly|interest|payments|debt|bills|rate|rates|payment|debts)
    (bad|poor|no|damaged|any|past|good or bad|perfect|your|repair your|fix your) (credit|credit history) (ok|okay|no problem|history|is|doesn't|does not|accepted|rating|welcome|report|problems|or|check|repair|score)
    (debt|debts|credit card debt) (consolidation|relief|free|elimination|reduction|collectors|settlement|problem|problems|consolidate|management|into one|by)
    (get|out of|eliminate|consolidate|free of|erase|reduce|be) (your|all|) (debt|debts|credit card debt|debt free)
    (pre approved|preapproved|pre qualified|approved|approval|you qualify|qualify) (for|in|loan|application|you|today|guaranteed|up|mortgage|credit|a)
    (loan|loans|credit|cash advance|payday) (offer|of|at|for|amount|application|lender|company|interest|up to|officer|approval|approved|provider|available|card offer|advance)  
    (business|personal|payday|unsecured|student|cash|instant|fast|urgent|quick|private) (loan|loans|cash|lender|lenders|advance|funding)
    (life insurance|auto insurance|car insurance|health insurance|home warranty|auto warranty|car warranty|extended warranty|term life|burial insurance|final expense|medicare) (quote|quotes|rates|rate|plan|plans|coverage|policy|as low|for|from|at|can|for seniors|expired|offers|save|free|leads|sales|benefits|could)
    (foreclosed homes|tax liens|avoid bankruptcy|judicial judgments|stop foreclosure)
    (save|saving|slash|cut|reduce) (up to|thousands|money|big|hundreds|_|) (_|percent|of|on) (your|on|in) (mortgage|insurance|loan|electricity|energy|car|auto|life|bills|monthly|taxes|credit)
  `,
  casino: `
    (casino|casinos|poker|blackjack|roulette|slot machines|slots|sportsbook|vegas|gambling|betting|jackpots)
    (free|welcome|deposit|sign up|no deposit|signup) (chips|bonus|spins|bets|bet)
    (_|) (bonus|free spins) (on your|for your|first|deposit) (first|deposit|)
  `,
  'weight-loss': `
    (lose|losing|shed|drop|burn|melt|burning|burns|lost) (up to|over|those|the|that|_|your|unwanted|excess|stubborn|belly|) (pounds|weight|lbs|fat|kilos|inches|extra pounds|kg|belly|unwanted|stubborn|excess) (weight|fat|pounds|in|fast|without|quickly|by|while|now|and|overnight|of|)
    (weight loss|fat loss|diet pill|diet pills|diet patch|appetite suppressant|fat burner|fat burning|keto|belly fat|metabolism|slimming|cellulite|garcinia|acai|weightloss|fat melting|slim)
  `,
  'search-ranking': `
    (rank|ranking|rankings|top|first page|page one|number one|listed|positions|visibility) (on|in|of|your|your site|your website|higher|at) (google|search engines|search engine|yahoo|bing|major|the search|website|all|page|the top)
    (seo|search engine optimization|search engine optimisation|link building|web design|website design|website redesign|web development|mobile app development|digital marketing|app development) (services|service|company|expert|experts|packages|package|agency|proposal|firm|team|audit|and|consultant|specialist|campaign|quote|strategy)
    (backlinks|guest post|guest posting|website traffic|website visitors|targeted traffic|hits to your (site|website)|traffic to your (site|website)|increase your (traffic|sales|website|business)|more (traffic|visitors|leads|customers) (to|for)|submit your (site|website))
    (errors|issues|mistakes|problems) (on|in|with|that) your (website|site|web site)
    (domain|trademark) (name|) (registration|renewal|expiration|service|keyword) (~) (chinese|notice|asia|conflict|register|registrar|china|search engine)
    (your|) (online presence|website's ranking|organic traffic|page 1 of google|1st page of google|first page of google)
  `,
  'easy-money': `
    (work|working|business|job|earn|money|income|jobs|businesses|millionaire) (from|at) (home|your home|the comfort|your own home)
    (home based|home business|homebased|work at home|internet) (business|income|opportunity|businesses|job|jobs|employment|program|system|workers)
    (be your own boss|your own boss|own hours|financially (free|independent)|financial (freedom|independence)|extra (income|money|cash)|residual income|fire your boss|multi level|network marketing|downline|mlm|get paid (to|for|daily|weekly)|money making|make money|making money|easy money|fast cash|cash grant|cash flow system|huge income|second income|six figure|turnkey|tax free income|unlimited income|income potential|earning potential|money machine|mentor|internet marketing)
    (earn|make|making|earning|made|generate|earned|receive) (up to|over|_|an extra|at least|extra|) (_|) (_|) (per|a|every|each|in|dollars|weekly|daily|monthly|or more|thousand) (week|day|month|hour|year|the next|your first|days|weeks|per|a|every|from home|working|or more)
    (no experience|no selling|no experience necessary|no inventory|no cold calling|no investment) (needed|required|necessary|involved|)
    (part time|full time|mystery shopper|personal assistant|payment processing|administrative|remote|data entry|secret shopper|car wrap) (job|position|work|income|jobs|employment|agent|from home|offer|online job|manager|opening|flexible) (offer|from home|opportunity|at home|available|online|or full|and|remote|with|)
    (mystery|secret) (shopper|shoppers|shopping)
    (free|government) (grants|grant|cash grants|cash|money) (money|available|program|for|now|from|guide)
    (business opportunity|opportunity of a lifetime|once in a lifetime|amazing opportunity|wonderful opportunity|ground floor|proven system|this program|reports (to|and)|legal (business|in all|and)|profitable business|money making)
  `,
  'chain-letter': `
    (forward|send|pass|email|mail) (this|it) (~) (to everyone|to all|to ten|to 10|to as many|on to|to at least|to _ people|to _ friends|everyone you know|to your friends|to _ of your)
    (break|breaking|broke) (the|this) chain
    (send|mail|enclose) (_|) (5|five|1|one|a|10|20) (dollar|dollars|00|bill) (~) (each|to|cash|name|bill|report|for)
    (add|put|place|remove|move|type|replace) (your|the|my) name (~) (list|bottom|position|number|report|and|as)
    (chain letter|good luck will|this is not a joke|it really works|i am not kidding|follow (these|the) (simple|) (steps|instructions) (exactly|and))
  `,
  'address-lists': `
    (_|) (million|millions) (of|) (fresh|opt in|targeted|e mail|email|verified|) (email|e mail|emails|e mails|addresses|targeted|people|prospects|email addresses)
    (bulk|mass|targeted|direct|opt in|million|verified|business|fresh|contact) (email|e mail|emails|emailing|mailing|e mails|mailings|mail|contact) (addresses|list|lists|software|marketing|advertising|address|database|leads|service|services|friendly|hosting|campaign|contacts|data)
    (email|e mail|mailing|attendee|attendees|visitors|users|contact|customer|decision maker|decision makers|prospect|leads|exhibitor) (list|lists|database|leads|blast|extractor|harvester|marketing|appending|campaigns) (of|for|with|includes|from|at|we|and|that|which|services|will|is|available|to|interested|counts|cost)
    (interested in acquiring|acquiring the|purchase the|opt in verified|pre verified) (~) (list|database|attendees|leads|contacts|attendee)
    (advertise|advertising|promote|market|marketing|reach) (your|to|by|with|on|millions) (~) (millions|product|website|email|e mail|business|people|web site|customers|internet)
    (fax|e mail|email) (broadcast|broadcasting|blasting|blaster)
  `,
  diploma: `
    (university|college|bachelors|masters|prestigious|mba|phd|genuine|online|doctorate|academic|fake|accredited|non accredited) (degree|degrees|diploma|diplomas|qualifications|credentials|transcripts|mba)
    (no|without) (required|) (tests|exams|classes|books|coursework|interviews|studying|study|examination) (required|or|classes|books|interviews|tests|exams|needed|necessary)
    (life experience|based on your (present|life|work)|degree (program|from|based|you|in))  
    (diploma|degree) ~ (no one is turned down|weeks|life experience|call|today)
  `,
  'stock-tip': `
    (stock|stocks|penny stock|investor|investors|market|trading|shares|symbol|otc|ticker|otcbb|pink sheets) (alert|pick|picks|symbol|report|profile|tip|tips|watch|recommendation|newsletter|buy|to watch|play|promotion|watchlist)
    (strong buy|hot stock|target price|current price|short term target|otcbb|pinksheets|pink sheets|price target|day target|undervalued|trading alert|forward looking statements|penny stock|microcap|small cap|huge gains|watch this stock|about to explode|set to explode|ready to explode|on your radar|on your watch|add this to)
    (symbol|ticker|trade|price|sym|last trade|close|5 day|market cap) (_|) (price|otc|target|current|symbol|rating|_ otc|is set|shares|traded|52|volume)
  `,
  'sales-pitch': `
    (act now|order now|order today|buy now|call now|call today|click to order|shop now|limited time|limited offer|limited supply|while supplies last|special offer|special promotion|once in a|don't miss|do not miss|don't wait|time limited|today only|exclusive offer|exclusive deal|amazing offer|best price|best prices|lowest price|lowest prices|unbeatable|hot deal|super deal|supplies are limited|offer expires|offer ends|get yours|get it now|get started now|try it free|free trial|free sample|free quote|free consultation|free shipping|free bonus|free membership|free access|free gift|free information|free report|free cd|free video|free dvd|free book|free ebook|free preview|free offer|absolutely free|totally free|completely free|100 free|it's free|risk free|no risk|no obligation|without obligation|no strings|no catch|no gimmicks|no hidden|no cost|no fees|money back|satisfaction guaranteed|satisfaction guarantee|guaranteed|100 guaranteed|all natural|miracle|breakthrough|secret|secrets|revolutionary|incredible|amazing|as seen on|as seen on tv|doctors hate|clinically proven|scientifically proven|proven results|this is your chance|you won't believe|lowest rates|save up to|up to _ off|off retail|special price|for only|wholesale|why pay more|compare at|bargain|clearance|discount|discounts|big savings|huge savings|save big|save money|credit cards accepted|visa mastercard|we accept all|we ship|worldwide shipping|fast delivery|discreet packaging|discreet|private and|secure ordering|order online|toll free)
    (_|percent) off (_|regular|retail|all|the|today|your|everything|sitewide|our|on|storewide)
  `,
  'not-spam': `
    (this|message|email|mail|e mail) (is|was|cannot be|can not be|is never) (not|never|considered|sent) (~) (spam|unsolicited|in compliance|compliance)
    (not spam|not a spam|cannot be considered spam|not be considered spam|never sent unsolicited|not unsolicited|spam policy|anti spam|no spam)
    (removed|remove|removal|deleted|taken off|excluded) (from|yourself from|your|instructions|me|request|requests|link) (our|the|this|future|any|all|address|email|e mail|name|list|mailing|further|mailings|) (mailing|list|mailings|database|emails|lists|from|address|data base|distribution|marketing|further|distribution list|e mail|) 
    (opt out|opt in|opted in|optout|opt in list|opted out|one of our partners|affiliate partners|marketing partners|partner sites|one time mailing|one time email|one time message|third party advertiser|commercial advertisement|this advertisement)
    (you are|you're|you have|you were) (receiving|received|getting|sent) this (~) (because|as a|since|due) (~) (opted|opt|subscri*|requested|member|partner*|registered|signed|affiliate*|expressed|indicated|list)
    (reply|respond|email|send) (to|with|us|a|an|this|back|) (~) (remove|removal|unsubscribe|the word|opt out) (in|as|on|from|to|the|is|) (the|subject|your|) (subject|)
    (section 301|s 1618|bill s|title iii|murkowski|can spam|canspam|us federal|federal requirements|federal (laws|law)|105th congress|sender identification|sender is)
    (apologize|apologise|sorry) for (any|the|this) (inconvenience|intrusion) (~) (mailing|message|email|received|in error|list|unwanted|and)
  `,
  'generic-greeting': `
    (dear|hello|hi|attention|attn|attention dear|hey|greetings|dear valued|good day|valued|esteemed|dear esteemed) (valued|our|esteemed|beloved|) (customer|customers|user|users|client|clients|member|members|subscriber|subscribers|account holder|account owner|account user|email user|e mail user|mail user|webmail user|email owner|mailbox user|mailbox owner|cardholder|card holder|card member|cardmember|taxpayer|tax payer|beneficiary|winner|owner|sir madam|sir or madam|sir ma|email account|email account user|webmail subscriber|webmail account|home owner|homeowner|consumer|recipient|netizen|applicant|citizen|seller|buyer|shopper|paypal user|paypal customer|paypal member|ebay user|ebay member|friend)
    dear (_|_ _) (customer|user|client|member|cardholder|subscriber|account holder)
    (dear|hello|hi) (your|my) (email|e mail|mail|account)
  `,
  unsubscribe: `
    (unsubscribe|unsubscribing|unsubscribed|opt out|manage (your|) (preferences|subscription|subscriptions|notifications)|email preferences|update your preferences|communication preferences|notification settings|view (this|it|) (email|) (in|on) (your|a|the) browser|view online|view in browser|stop receiving|no longer wish to receive|prefer not to receive|do not wish to receive|don't want to receive)
  `,
  transaction: `
    (order|invoice|booking|reservation|ticket|reference|tracking|shipment|confirmation|purchase order|customer|case|quote|quotation|delivery note|policy|contract|receipt|statement|account ending|po) (number|no|nr|id|ref|reference|code|date|in|ending)
    (delivery|billing|shipping|invoice) address
    (subtotal|sub total|grand total|total amount|vat|net amount|amount due|payment terms|due date|order total|order summary|estimated delivery|total due|qty|quantity|unit price)
  `,
  'warning-talk': `
    (phishing|scam|scams|scammers|fraudsters|phishers|spoofed|spoofing|social engineering|phish)
    (will|would) never (ask|request|email|call|contact|send) (you|for|your|) (for|to|your|an|) (your|any|share|provide|) (password|pin|personal|sensitive|account|details|)
    (beware|be aware|watch out|be careful|stay alert|be suspicious|be wary) of (~) (emails|scams|mails|phishing|messages|fraud|fraudulent|fake|calls)
    (never|do not|don't) (share|give|disclose|reveal) (your|this|it|the) (~) (password|pin|code|anyone|details)
  `,
  'if-not-you': `
    if (you|this|it) (did not|didn't|wasn't|was not|have not|haven't|don't|do not) (~) (request|requested|you|make|made|this|initiate|recognize|sign|authorize)
    (ignore|disregard|delete) (this|the) (email|message|mail|e mail|notice)
    (wasn't|was not|not) you
  `,
  'help-desk': `
    (it|i t|technical|system|systems|mail|email|e mail|webmail|help|service|security|account|accounts|admin|network|server|support|office|web|customer|customer care|hr|billing|verification|fraud|privacy|message|domain|cpanel|outlook|microsoft|exchange|zimbra|roundcube|mailbox) (help desk|helpdesk|desk|support team|security team|service team|admin team|team|administrator|admin|administration|support center|support centre|service center|support department|department|center|notification center|response team|management team|protection team|service desk|support) (_|) (c|copyright|all rights|regards|thank|thanks|2|2024|2025|2023|2026|2022|inc|will|has|have|is|are|would|wants|requires|need|needs|)
    (webmaster|web master|postmaster|system administrator|systems administrator|mail administrator|email administrator|it department|ict department|it support|it service|mail server|server admin|it helpdesk|it help desk|admin team|mail admin|no reply admin|account team|accounts team|cpanel|webmail team|security department)
  `,
};
