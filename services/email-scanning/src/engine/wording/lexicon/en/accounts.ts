import type { Lexicon } from '../../concepts.ts';

/** An account, and what is said to happen to it. */
export const accounts: Lexicon = {
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
};
