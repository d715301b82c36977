import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { ofSender } from './facts.ts';
import { strongestOver } from './judged.ts';

/** Services that make short addresses for anybody. */
const shorteners = new Set(
  `bit.ly bitly.com j.mp tinyurl.com goo.gl t.co t.ly is.gd v.gd ow.ly buff.ly cutt.ly rb.gy rebrand.ly shorturl.at shorturl.asia
  tiny.cc tiny.one s.id short.io shrtco.de bl.ink lnkd.in soo.gd clck.ru qrco.de qr.io q-r.to me-qr.com qrcodes.pro qr-code.click
  urlz.fr u.to x.co gg.gg shorte.st adf.ly bc.vc ouo.io linktr.ee linkin.bio t2m.io tr.ee snip.ly kutt.it n9.cl acortar.link
  encurtador.com.br surl.li vk.cc dub.co dub.sh hyperurl.co l.ead.me scnv.io smarturl.it trib.al dlvr.it tny.im lnk.bio lc.cx
  zpr.io wa.link bio.link han.gl url.kr me2.kr vo.la vvd.bz oe.cd t.me shorturl.com tinu.be tinylink.net ity.im yourls.org
  lihi.cc reurl.cc pse.is ppt.cc goo.su inx.lv urlr.me rotf.lol 2no.co iplogger.org grabify.link lnk.to app.link page.link
  onelink.me branch.io fb.me youtu.be amzn.to a.co 1drv.ms forms.gle aka.ms g.co we.tl db.tt mailchi.mp`.split(
    /\s+/,
  ),
);
/** Short addresses that lead to pages of one company only, and those that ordinary mail is full of. */
const harmless = new Set(
  'youtu.be amzn.to a.co aka.ms g.co we.tl db.tt lnkd.in t.me forms.gle 1drv.ms mailchi.mp fb.me onelink.me app.link'.split(
    ' ',
  ),
);

/** A link through a service that hides where it leads. */
export const shortener: Check = {
  id: 'shortener-link',
  techniques: [
    {
      id: 'shortener-link',
      title: 'Shortened link',
      description: 'A link goes through a service for short addresses, which hides where it leads.',
      maxScore: 22,
    },
  ],
  run(context) {
    return strongestOver(context, ({ link, target }) => {
      const { registrable, host, url } = target;
      if (!shorteners.has(host) && !shorteners.has(registrable ?? '')) return null;
      if (url.pathname.length < 2 || ofSender(context, target) || context.message.list) return null;
      if (harmless.has(registrable ?? '')) return null;
      const explanation = `A link goes through ${defang(host)}, a service for short addresses: where it leads cannot be seen.`;
      return finding('shortener-link', link.from === 'text' ? 10 : 22, explanation, {
        link: defang(link.href),
      });
    });
  },
};
