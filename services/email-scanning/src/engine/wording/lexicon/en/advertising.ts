import type { Lexicon } from '../../concepts.ts';

/** What nobody asked for. */
export const advertising: Lexicon = {
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
};
