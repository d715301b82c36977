import t from 'tap';
import { parseColor, sameColor, transparent, unknownColor } from '../../src/engine/html/colors.ts';
import { readHtml } from '../../src/engine/html.ts';
import { invisibleIn } from '../../src/engine/invisible.ts';

const hidden = (html: string) => readHtml(html).hiddenText;
const shown = (html: string) => readHtml(html).text;

t.test('what the reader sees', async (t) => {
  t.equal(
    shown('<p>One<br>two</p><div>three &amp; four&nbsp;&#102;ive</div>'),
    'One\ntwo\nthree & four five',
  );
  t.equal(shown('a\n  line\nbreak <b>in</b>line'), 'a line break inline');
  t.equal(
    shown('<title>no</title><style>p{}</style><script>no()</script><!-- no --><template>no</template>yes'),
    'yes',
  );
  t.equal(
    shown('<noscript>shown, as no mail program runs scripts</noscript>'),
    'shown, as no mail program runs scripts',
  );
  t.equal(shown('<head>text in a head that never ends'), 'text in a head that never ends');
  t.equal(shown('<table><tr><td>a<td>b</table>'), 'a\nb');
  t.equal(shown('<o:p/>after<svg><path/><path/></svg> it'), 'after it');
});

t.test('what is hidden from him', async (t) => {
  const ways = [
    'display:none',
    'DISPLAY : NONE !important',
    'visibility:hidden',
    'opacity:0',
    'opacity: 0.01',
    'font-size:0',
    'font-size:1px;line-height:1px',
    'font-size: 0.5pt',
    'max-height:0;overflow:hidden',
    'width:0;height:0;overflow:hidden',
    'color:#fff',
    'color: white',
    'color:#fefefe',
    'color:rgb(255, 255, 255)',
    'color:transparent',
    'background:#000 none;color:#010101',
    'position:absolute;left:-9999px',
    'text-indent:-5000px',
    'position:absolute;clip:rect(0,0,0,0)',
    'dis/* x */play:none',
  ];
  for (const style of ways) {
    const page = readHtml(`before <span style="${style}">secret <b>words</b></span> after`);
    t.strictSame([page.text, page.hiddenText], ['before after', 'secret words'], style);
  }
  const honest = [
    'display:block',
    'font-size:10px',
    'font-size:small',
    'opacity:0.8',
    'max-height:0',
    'color:#333',
    'background:#036;color:#fff',
    'background-image:url(x.png);color:#fff',
    'background:linear-gradient(#000,#111);color:white',
    'position:relative;left:-2px',
    'mso-hide:all',
    'width:0',
  ];
  for (const style of honest) t.equal(hidden(`<span style="${style}">words</span>`), '', style);
  t.equal(hidden('<p hidden>gone</p>'), 'gone');
  t.equal(hidden('<font color="#ffffff">gone</font><font color=red>not</font>'), 'gone');
  t.equal(hidden('<table bgcolor="#112233"><tr><td><font color="#fff">not</font></td></tr></table>'), '');
  t.equal(hidden('<body bgcolor=black text=white>not <span style="color:#000">gone</span>'), 'gone');
});

t.test('what elements inherit, and where they end', async (t) => {
  t.equal(shown('<div style="font-size:0"><span style="font-size:14px">seen</span>not</div>'), 'seen');
  t.equal(shown('<div style="display:none">a<p>b</div>c'), 'c');
  t.equal(
    shown('<table><tr><td style="display:none">a<td>b</td></tr></table>'),
    'b',
    'a cell ends the one before',
  );
  t.equal(shown('<p style="display:none">a<p>b'), 'b', 'as does a paragraph');
  t.equal(shown('<ul><li style="display:none">a<li>b</ul>'), 'b');
  t.equal(
    hidden('<div style="display:none"><table><tr><td>a</div>b</td></tr></table>c</div>'),
    'a\nb\nc',
    'a stray end tag in a cell ends nothing outside',
  );
  t.equal(shown('</div></p></b>text'), 'text');
  t.equal(hidden('<a style="color:#fff" href=x>not to be seen</a>'), 'not to be seen');
  t.equal(shown('<p style="color:#0000ee;background:#fff">a <a href=x>link</a></p>'), 'a link');
});

t.test('style sheets', async (t) => {
  const css =
    '<style>/* x */ .gone, #away { display: none } b{color:#fff} p.small{font-size:0px} @media (max-width:9px){.phone{display:none}} td .deep{background:#000}</style>';
  t.equal(hidden(`${css}<i class="x gone">1</i><i id=away>2</i><b>3</b><p class="small">4</p>`), '1234');
  t.equal(
    hidden(`${css}<i class=phone>1</i><div class=deep><b>2</b></div>`),
    '',
    'what may be otherwise is not hidden',
  );
  t.equal(
    hidden(`<i class=late>1</i><style>.late{visibility:hidden}</style>`),
    '1',
    'wherever the sheet stands',
  );
  t.equal(shown(`${css}<i class=gone style="display:inline">1</i>`), '1', 'the own style comes last');
});

t.test('words that are cut', async (t) => {
  const broken = (html: string) => readHtml(html).facts.brokenWords;
  t.equal(broken('pass<span style="display:none">xyz</span>word and log<i style="font-size:0">q</i>in'), 2);
  t.equal(broken('pass<b>word</b> <span style="display:none">xyz</span> end'), 0);
  t.equal(broken('one<div style="display:none">preheader</div>two'), 0, 'a line break parts words');
  t.strictSame(invisibleIn('pass\u200bword \u2060and log\u200cin'), { signs: 3, cutWords: 2 });
  t.strictSame(invisibleIn('no signs, só'), { signs: 0, cutWords: 0 });
  t.strictSame(invisibleIn('soft\u00adhyphen'), { signs: 0, cutWords: 0 });
  t.strictSame(
    invisibleIn('👨\u200d👩 می\u200cخواهم'),
    { signs: 0, cutWords: 0 },
    'scripts and emoji that need them',
  );
});

t.test('links and facts', async (t) => {
  const { links, facts } = readHtml(`
    <base href="https://base.example/"><meta http-equiv="Refresh" content="0; url='https://away.example/'">
    <a href=" https://one.example/?a=1&amp;b=2 ">first <b>link</b></a> <a name=x>none</a>
    <a href="https://two.example"><img src="cid:logo" alt="Logo" width="10" height="20px"></a>
    <a href=https://open.example>open <a href="https://next.example">next</a>
    <area href="https://area.example"><svg><a xlink:href="https://svg.example">s</a></svg>
    <form action="https://form.example/post" method=POST><input type=PASSWORD><input><select></select></form><input type=email>
    <iframe src="https://frame.example"></iframe>
    <img src=x onerror="eval(atob('eA=='))"><a href="javascript:void(0)">j</a>
    <script>new Blob(x); URL.createObjectURL(b)</script>`);
  t.strictSame(
    links.map(({ href, text }) => [href, text]),
    [
      ['https://one.example/?a=1&b=2', 'first link'],
      ['https://two.example', ''],
      ['https://open.example', 'open'],
      ['https://next.example', 'next'],
      ['https://area.example', ''],
      ['https://svg.example', 's'],
      ['javascript:void(0)', 'j'],
    ],
  );
  t.match(facts, { scripts: 3, base: 'https://base.example/', redirects: ['https://away.example/'] });
  t.strictSame(
    facts.forms.map(({ action, method, inputs }) => [action, method, inputs]),
    [
      ['https://form.example/post', 'post', ['password', 'text', 'select']],
      ['', '', ['email']],
    ],
  );
  t.match(facts.images, [
    { src: 'cid:logo', alt: 'Logo', width: 10, height: 20, linked: true },
    { src: 'x', linked: false },
  ]);
  t.strictSame(facts.iframes, ['https://frame.example']);
  t.strictSame([...facts.smuggling].sort(), ['atob(', 'createObjectURL', 'eval(', 'new Blob(']);
  t.match(readHtml('<p>12345</p><p style="display:none">123</p>').facts, {
    visibleCharacters: 5,
    hiddenCharacters: 3,
  });
});

t.test('colours', async (t) => {
  t.equal(parseColor('#fff'), 0xffffff);
  t.equal(parseColor('rgba(255,255,255,0)'), transparent);
  t.equal(parseColor('#12345600'), transparent);
  t.equal(parseColor('hsl(0 0% 100%)'), unknownColor);
  t.equal(parseColor('currentcolor'), unknownColor);
  t.equal(parseColor('12px'), undefined);
  t.ok(sameColor(0xffffff, 0xfafafa));
  t.notOk(sameColor(0xffffff, unknownColor));
});

t.test('a page of whatever shape takes linear time', async (t) => {
  const n = 200_000;
  const pages = {
    nested: '<div>'.repeat(n),
    'nested and closed': '<div>'.repeat(n) + '</div>'.repeat(n),
    'closed crosswise': '<b><i>'.repeat(n / 2) + '</b></i>'.repeat(n / 2),
    'end tags': '</p>'.repeat(n),
    'cells and end tags': `<b><table><td>${'<i></b>'.repeat(n)}`,
    paragraphs: '<p>'.repeat(n),
    brackets: '<'.repeat(n * 4),
    'open tag': `<a href="${'x'.repeat(n * 4)}`,
    'open comments': '<!--'.repeat(n),
    attributes: `<a ${'x=y '.repeat(n)}>`,
    entities: '&amp'.repeat(n),
    'blank lines': ' \n'.repeat(n * 2),
    styles: '<style>'.repeat(n / 2),
    'css braces': `<style>${'{'.repeat(n)}${'@a{'.repeat(n)}</style>`,
    'css comments': `<style>${'/*'.repeat(n)}</style><p style="${'/*'.repeat(n)}">`,
    'many styles': Array.from({ length: n / 10 }, (_, at) => `<i style="left:${at}px">`).join(''),
    'zero width': 'a\u200b'.repeat(n),
  };
  for (const [name, html] of Object.entries(pages)) {
    const start = process.cpuUsage();
    readHtml(html);
    invisibleIn(html);
    const { user } = process.cpuUsage(start);
    t.ok(user < 1_000_000, `${name}: ${Math.round(user / 1000)} ms`);
  }
});
