const set = (endings: string) => new Set(endings.split(' '));

/** Programs, and what installs them. */
export const programEndings = set(
  'exe scr pif com cpl msi msp msu msix msixbundle appx appxbundle appinstaller application gadget jar apk dmg pkg xll wll ocx dll sys drv ax',
);

/** What the system runs on a double click though it is text. Not those that need a shell of one's own (.sh, .py, .pl). */
export const scriptEndings = set(
  'bat cmd js jse vbs vbe wsf wsh wsc sct hta ps1 ps1xml ps2 psc1 psm1 psd1 msh mshxml scf inf reg chm hlp msc jnlp iqy slk diagcab diagpkg theme themepack ppkg scpt command workflow',
);

export const shortcutEndings = set(
  'lnk url website desktop library-ms search-ms searchconnector-ms settingcontent-ms webloc',
);

export const diskImageEndings = set('iso img vhd vhdx udf vmdk vdi');

export const rareArchiveEndings = set('ace arj lzh lha arc zoo uue xxe z01 r00 001 daa cab');

export const macroEndings = set('docm dotm xlsm xltm xlam pptm potm ppsm ppam sldm xlsb');

export const pageEndings = set('html htm xhtml xht shtml shtm mht mhtml svg svgz');

/** What people take for harmless when it stands before the true ending. */
const harmless =
  /\.(?:pdf|docx?|xlsx?|pptx?|rtf|jpe?g|png|gif|bmp|tiff?|txt|csv|zip|rar|mp3|mp4|wav|xml|eml|msg)[\s._-]*$/i;

/** Signs that turn the direction of writing make `fdp.exe` read as `exe.pdf`. */
const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;
const overriding = /[\u202d\u202e\u2066-\u2068]/;

/** The name as the system takes it, without signs of direction; blanks and dots at the end do not count. */
export const trueName = (name: string): string => name.replace(turning, '').replace(/[\s.\0]{1,500}$/, '');

/** Lower case, without the dot; empty when it has none. */
export function endingOf(name: string): string {
  const plain = trueName(name.slice(-500));
  const dot = plain.lastIndexOf('.');
  return dot < 0
    ? ''
    : plain
        .slice(dot + 1)
        .trim()
        .toLowerCase();
}

export const isReversed = (name: string): boolean => overriding.test(name);

/** Twenty blanks or more before the ending. */
export const isPadded = (name: string): boolean => /[\s\u00a0\u2000-\u200a\u3000_]{20}\s*\.?\w/.test(name);

/** `invoice.pdf.js`: looks like one thing to whoever reads only the beginning. */
export function hasHarmlessEndingBefore(name: string): boolean {
  const plain = trueName(name.slice(-500));
  const dot = plain.lastIndexOf('.');
  return dot > 0 && harmless.test(plain.slice(0, dot));
}
