const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Places where anybody puts a page within minutes, under a name of the provider (registrable domains). */
const freePages = words(
  `workers.dev pages.dev r2.dev trycloudflare.com web.app firebaseapp.com appspot.com run.app github.io gitlab.io
  netlify.app netlify.com vercel.app now.sh onrender.com render.com herokuapp.com surge.sh glitch.me replit.app repl.co
  replit.dev fly.dev deno.dev railway.app ngrok.io ngrok-free.app ngrok.app loca.lt serveo.net blogspot.com wordpress.com
  weebly.com weeblysite.com wixsite.com wixstudio.io editorx.io godaddysites.com webflow.io framer.website
  framer.app framer.ai mystrikingly.com strikingly.com jimdosite.com jimdofree.com yolasite.com webnode.com webnode.page
  site123.me ucraft.site ukit.me 000webhostapp.com byethost.com infinityfreeapp.com epizy.com rf.gd great-site.net
  altervista.org tripod.com angelfire.com webador.com carrd.co notion.site gitbook.io teachable.com translate.goog
  square.site mailchimpsites.com myshopify.com bubbleapps.io softr.app zapier.app lovable.app v0.dev wpengine.com
  azurewebsites.net azurestaticapps.net azurefd.net cloudapp.net amplifyapp.com
  elasticbeanstalk.com backblazeb2.com digitaloceanspaces.com ondigitalocean.app linodeobjects.com wasabisys.com
  storageapi.dev filesusr.com temporary.site plesk.page cprapid.com duckdns.org no-ip.org ddns.net hopto.org zapto.org
  sytes.net dynv6.net serveirc.com myftp.org servehttp.com dnset.com mybluehost.me hostingersite.com webcindario.com
  hpage.com page.link contaboserver.net`,
);

/** Gateways through which pages without a host are shown (IPFS and the like). */
const gateways = words(
  'ipfs.io dweb.link cf-ipfs.com w3s.link nftstorage.link fleek.co fleek.cool infura-ipfs.io 4everland.io arweave.net pinata.cloud eth.limo ipfs.tech',
);

/** Places that serve both a provider's own pages and everybody's files or pages: what tells them is host and path. */
const shared: readonly [host: RegExp, path: RegExp | null][] = [
  [/^sites\.google\.com$/, null],
  [/^storage\.(googleapis|cloud\.google)\.com$/, null],
  [/^firebasestorage\.googleapis\.com$/, null],
  [/(^|[.-])s3[.-][a-z0-9.-]{0,60}amazonaws\.com$|^s3\.amazonaws\.com$/, /\.html?$/i],
  [/\.oraclecloud\.com$/, /\/o\//],
  [/\.(blob|web)\.core\.windows\.net$/, null],
  [/\.myqcloud\.com$|\.aliyuncs\.com$/, /\.html?$/i],
];

/** Whose page a host serves: anybody's on free pages, or on a gateway. */
export function freeHosting(
  host: string,
  registrable: string | null,
  path: string,
): 'pages' | 'gateway' | null {
  if (registrable && gateways.has(registrable)) return 'gateway';
  // The provider's own front page is none of its guests'.
  if (registrable && freePages.has(registrable))
    return host === registrable || host === `www.${registrable}` ? null : 'pages';
  return shared.some(([hosts, paths]) => hosts.test(host) && (!paths || paths.test(path))) ? 'pages' : null;
}

/** Whether a sender's domain is one that a provider gives to everybody, with mail. */
export function freeSenderHost(domain: string, registrable: string | null): boolean {
  if (registrable === 'onmicrosoft.com') return true;
  return registrable !== null && domain !== registrable && freePages.has(registrable);
}

const forms = words(
  'jotform.com typeform.com surveymonkey.com formstack.com 123formbuilder.com cognitoforms.com wufoo.com paperform.co tally.so formsite.com formcrafts.com zohopublic.com forms.app smartsheet.com airtable.com form.jotform.com formspree.io fillout.com',
);

/** Whether an address is one of a form that anybody makes. */
export function isFormService(host: string, registrable: string | null, path: string): boolean {
  if (host === 'docs.google.com') return path.startsWith('/forms');
  if (host === 'forms.gle' || host === 'forms.office.com' || host === 'forms.microsoft.com') return true;
  return registrable !== null && forms.has(registrable);
}
