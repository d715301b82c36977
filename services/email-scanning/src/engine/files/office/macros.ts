import { type Examination, sign } from '../examination.ts';
import type { CompoundFile } from './compound.ts';
import { vbaSource } from './vba.ts';

const maxModules = 100;
const maxSource = 2_000_000;

/** Procedures that Office calls by itself (Microsoft's lists of auto macros and of events). */
const autorun =
  /\b(?:auto_?(?:open|exec|close|exit|new)|document_?(?:open|close|new|beforeclose|change)|workbook_?(?:open|activate|close|beforeclose|deactivate)|presentation_open|(?:frame|image|inkedit|inkpicture|multipage|webbrowser)\d{0,3}_\w{1,30})\b(?=\s{0,5}\()/i;

/** What a macro needs to reach out of its document. Plain CreateObject is not among them: honest macros use it too. */
const reachesOut =
  /\b(?:WScript\.Shell|Shell\.Application|ShellExecute\w?|URLDownloadToFile\w?|powershell|cmd(?:\.exe)?\s{1,3}\/c|winmgmts|Win32_Process|MSXML2\.\w{0,10}XMLHTTP|Microsoft\.XMLHTTP|WinHttp\.WinHttpRequest|ADODB\.Stream|VirtualAlloc(?:Ex)?|RtlMoveMemory|CreateThread|CreateProcess\w?|CallByName|MacScript|AppleScriptTask|regsvr32|mshta|rundll32|certutil|bitsadmin|wscript\.exe|cscript|Environ\s{0,3}\(\s{0,3}"(?:temp|appdata)"|SetTimer|EnumSystemLocales\w?|ExecuteExcel4Macro)\b|\bShell\s{0,3}[("]|\bShell\$?\s{1,3}\w|(?:Chr\w?\$?\s{0,3}\(\s{0,3}\d{1,5}\s{0,3}\)\s{0,3}[&+]\s{0,3}){6}|StrReverse\s{0,3}\(/i;

/** Comments talk about anything. */
const comment = /^[ \t]{0,200}(?:'|Rem\s)[^\n]*$/gim;

/** Judges a macro's source. */
export function examineMacroSource(own: Examination, source: string): void {
  const code = source.replace(comment, '');
  const starts = autorun.exec(code)?.[0];
  if (starts !== undefined) sign(own, 'macro-autorun', starts);
  const call = reachesOut.exec(code)?.[0];
  if (call !== undefined) sign(own, 'macro-download', call.trim());
}

/** The macros in a compound file: a document's own, or the `vbaProject.bin` of a newer one. */
export function examineMacros(own: Examination, file: CompoundFile): void {
  const modules = file.entries.filter(
    ({ isStream, path, name }) =>
      isStream && path.at(-1)?.toUpperCase() === 'VBA' && !/^(?:dir|_VBA_PROJECT|__SRP_.*)$/i.test(name),
  );
  if (modules.length === 0) return;
  sign(own, 'macro', modules.map(({ name }) => name).join(', '));
  let read = 0;
  const sources: string[] = [];
  for (const module of modules.slice(0, maxModules)) {
    if (read > maxSource) return void sign(own, 'not-examined', 'macros');
    const source = vbaSource(file.read(module)) ?? '';
    read += source.length;
    sources.push(source);
  }
  examineMacroSource(own, sources.join('\n'));
}
