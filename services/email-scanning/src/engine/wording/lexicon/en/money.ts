import type { Lexicon } from '../../concepts.ts';

/** Money of a company, and money that does not exist. */
export const money: Lexicon = {
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
};
