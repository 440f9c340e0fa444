import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import { defineComponent, h, onBeforeUnmount, onMounted, ref } from 'vue';

/** The page of the playground: `layout: playground`. Its script is loaded in the browser, with the page. */
const playground = defineComponent({
  setup() {
    const box = ref<HTMLElement>();
    let unmount: (() => void) | undefined;
    let isGone = false;
    onMounted(async () => {
      const { mountPlayground } = await import('../../src/playground.js');
      if (box.value !== undefined && !isGone) unmount = mountPlayground(box.value);
    });
    onBeforeUnmount(() => {
      isGone = true;
      unmount?.();
    });
    return () =>
      h('main', { class: 'playground-page' }, [
        h('h1', 'Playground'),
        h(
          'p',
          'The generator runs in this browser. Change a field: the address of this page holds the world.',
        ),
        h('div', { ref: box }),
      ]);
  },
});

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('playground', playground);
  },
};

export default theme;
