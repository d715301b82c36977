/** Text of `format=flowed` (RFC 3676) with its soft line breaks taken out. Linear. */
export function unflow(text: string, deleteSpace: boolean): string {
  const lines: string[] = [];
  let open = false;
  let depthBefore = 0;
  for (const line of text.split('\n')) {
    let depth = 0;
    while (line.charCodeAt(depth) === 62) depth++;
    let content = line.slice(depth);
    if (content.startsWith(' ')) content = content.slice(1);
    const signature = content === '-- ';
    const flows = content.endsWith(' ') && !signature;
    if (flows && deleteSpace) content = content.slice(0, -1);
    if (open && depth === depthBefore && !signature) lines[lines.length - 1] += content;
    else lines.push(depth > 0 ? `${'>'.repeat(depth)} ${content}` : content);
    open = flows;
    depthBefore = depth;
  }
  return lines.join('\n');
}
