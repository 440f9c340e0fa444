/** One statement of a text. */
export interface SqlStatement {
  /** Without the `;` at its end. */
  readonly text: string;
  /** Line of the text where it begins, from 1. */
  readonly line: number;
}

/** Cuts text that comes line by line into statements. */
export interface StatementReader {
  /** Takes the next line, without its line break; returns the statements that end in it. */
  push(line: string): readonly SqlStatement[];
  /** What has begun and has no `;` yet; the next line begins a new one. */
  take(): SqlStatement | undefined;
  /** What the text so far ends in: nothing begun, a statement, or one of its quotes or comments. */
  readonly state: 'empty' | 'open' | 'quote' | 'comment';
}

/** The parts of SQL in which a `;` may be, and which end nowhere else: quotes, DuckDB's `$$`, and comments. */
const part = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\$[^]*?\$\$|--[^\n]*|\/\*[^]*?\*\/|;|[^'"$/;-]+|[^]/y;

/**
 * Returns a reader of statements. It knows quotes and comments of SQL and nothing else, so that whatever is between two
 * `;` reaches the engine, which alone says whether it is SQL.
 */
export function createStatementReader(): StatementReader {
  let text = '';
  let at = 0;
  let lines = 0;
  /** Where the first word of the statement is, and on which line; -1 before there is one. */
  let begin = -1;
  let beginLine = 0;
  let state: StatementReader['state'] = 'empty';

  const restart = (): void => {
    text = text.slice(at);
    at = 0;
    begin = -1;
    state = 'empty';
  };
  const found = (): SqlStatement => ({ text: text.slice(begin, at).trim(), line: beginLine });

  return {
    get state() {
      return state;
    },
    push(line) {
      const ended: SqlStatement[] = [];
      text += `${line}\n`;
      lines += 1;
      // Line breaks behind the place where reading continues: the line of what comes next.
      const lineAt = (position: number): number => lines - (text.slice(position).split('\n').length - 2);
      state = begin === -1 ? 'empty' : 'open';
      while (at < text.length) {
        part.lastIndex = at;
        const [piece = ''] = part.exec(text) ?? [];
        const opens = text.slice(at, at + 2);
        if (piece.length === 1 && (piece === "'" || piece === '"' || opens === '$$' || opens === '/*')) {
          if (begin === -1 && opens !== '/*') [begin, beginLine] = [at, lineAt(at)];
          state = opens === '/*' ? 'comment' : 'quote';
          return ended;
        }
        if (piece === ';') {
          if (begin !== -1) ended.push(found());
          at += 1;
          restart();
          continue;
        }
        const isComment = piece.startsWith('--') || piece.startsWith('/*');
        if (begin === -1 && !isComment && piece.trim() !== '') {
          begin = at + piece.search(/\S/);
          beginLine = lineAt(begin);
          state = 'open';
        }
        at += piece.length;
      }
      return ended;
    },
    take() {
      at = text.length;
      const rest = begin === -1 ? undefined : found();
      restart();
      return rest;
    },
  };
}
