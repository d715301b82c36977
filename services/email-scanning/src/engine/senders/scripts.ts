const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

/** Whether a label of a domain holds letters of two scripts that look alike. (Japanese and Korean mix scripts honestly.) */
export function mixesScripts(domain: string): boolean {
  return domain.split('.').some((label) => scripts.filter((script) => script.test(label)).length > 1);
}
