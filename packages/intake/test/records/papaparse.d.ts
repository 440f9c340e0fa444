// Papa Parse brings no types; it is an oracle of the tests alone.
declare module 'papaparse' {
  const Papa: {
    parse(
      text: string,
      options: { readonly delimiter: string; readonly newline: string },
    ): { readonly data: string[][] };
  };
  export default Papa;
}
