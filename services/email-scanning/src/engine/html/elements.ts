const set = (names: string) => new Set(names.split(' '));

/** Elements that begin a line of their own; a table's cells are told apart by it too. */
export const blocks: ReadonlySet<string> = set(
  'p div br tr li td th table h1 h2 h3 h4 h5 h6 blockquote hr ul ol dl dt dd pre center form section article header footer main nav aside address figure fieldset legend option title body',
);

/** Elements without an end tag. */
export const voids: ReadonlySet<string> = set(
  'br hr img image input meta link area base col embed source track wbr param frame keygen basefont bgsound',
);

/** End tags of what stands outside of these do not end anything in them. */
export const scopes: ReadonlySet<string> = set(
  'table td th tr tbody thead tfoot caption body html object button',
);
