/** What can be found in a file, by its code: facts that say nothing yet about good or bad; checks/files weighs them. */
export const signs = {
  // What it is.
  eicar: 'the test string that scanners agree on (EICAR)',
  program: 'a program by its bytes or its ending',
  script: 'a script that the system runs on a double click',
  shortcut: 'a shortcut; the detail is what it starts or opens',
  'disk-image': 'an image of a disk, whose files escape the mark of the web',
  'rare-archive': 'an archive of a format that hardly anybody but attackers sends',
  // What it calls itself.
  'double-ending': 'a harmless ending before the true one',
  'reversed-name': 'signs that turn the direction of writing hide the ending',
  'padded-name': 'many blanks push the ending out of sight',
  'type-mismatch': 'the ending says another kind than the bytes; the detail is the kind of the bytes',
  // Archives.
  'encrypted-entry': 'an archive with encrypted files; the detail is a name or the format',
  'archive-not-unpacked': 'an archive of a format that is recognised and not unpacked',
  'archive-too-deep': 'archives in archives beyond the depth limit',
  'archive-bomb': 'it unpacks to far more than anybody sends, overlaps, or holds itself',
  'archive-inconsistent': 'the two lists of files in a zip differ: programs show different files',
  damaged: 'the structure is broken',
  'not-examined': 'a limit of size, number or time ended the examination',
  // Office documents.
  macro: 'it holds macros (VBA)',
  'macro-autorun': 'a macro runs when the document is opened; the detail is its name',
  'macro-download': 'a macro starts programs, loads or writes files; the detail is the call',
  'excel4-macro': 'a sheet of Excel 4 macros, which old and new scanners overlook',
  'remote-template': 'parts are loaded from elsewhere on opening; the detail is the address',
  'embedded-file': 'a file embedded in a document; the detail is its name',
  'embedded-object': 'an embedded object that is updated or run on opening',
  'equation-editor': 'an object of the equation editor, known for its holes',
  dde: 'a field that starts a program (DDE)',
  'active-x': 'it holds ActiveX controls',
  'encrypted-document': 'it opens only with a password',
  // PDF.
  'pdf-javascript': 'it holds JavaScript',
  'pdf-launch': 'it starts a program or opens a file; the detail is which',
  'pdf-form': 'it holds a form (XFA) or sends one off',
  'pdf-lure': 'one or two pages with little text and a link; the detail is the link',
  // Pages, images of vectors, calendars.
  page: 'a web page',
  'page-script': 'a page or drawing that runs scripts',
  'page-password': 'a page with a field for a password; the detail is where it sends it',
  'page-smuggling': 'a page that puts a file together in the browser; the detail is the call',
  'page-obfuscated': 'a page whose code is unreadable on purpose; the detail is how',
  'page-redirect': 'a page that leads elsewhere at once; the detail is where',
  'svg-active': 'a drawing that runs scripts or holds a page; the detail is how',
  'calendar-organizer': 'whom an invitation is from; the detail is the address',
} as const;

export type SignCode = keyof typeof signs;
