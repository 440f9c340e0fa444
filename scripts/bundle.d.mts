/** Path of the file that is made of a program and of our sources that it imports; made once a process. */
export function bundle(entry: string): Promise<string>;
