import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'É comum',
      paragraphs: [
        'A dor na parte superior das costas fica entre o pescoço e as costelas mais baixas. Muitas pessoas a têm. Em estudos, entre 4 e 35 de cada 100 adultos tiveram-na num ano. Os números diferem tanto porque os estudos perguntaram de formas diferentes.',
      ],
    },
    {
      heading: 'De onde costuma vir',
      paragraphs: [
        'A parte superior das costas tem 12 ossos, 24 costelas, muitas articulações pequenas e várias camadas de músculo. Articulações, costelas e músculos podem doer. Podem doer depois de um dia longo na mesma posição, de um trabalho novo, de uma noite má, ou sem razão que se encontre.',
        'Na maioria das pessoas nada está partido nem rasgado. As costas estão doridas e também em guarda. Costas em guarda fazem sentir a dor cedo, muitas vezes bem antes de algo poder ser afetado.',
      ],
    },
    {
      heading: 'Porque um exame raramente é o primeiro passo',
      paragraphs: [
        'Quando a dor é nova e não há sinais de alerta, aconselha-se os médicos a não pedir logo exames de imagem. As imagens mostram muitas vezes pequenas mudanças que pessoas sem dor também têm. Isso pode preocupar e não explicar a dor.',
        'Um exame faz sentido quando há sinais de alerta. A Thora pergunta por eles antes de começar, e o cartão seguinte mostra quais são.',
      ],
    },
    {
      heading: 'O que costuma ajudar',
      paragraphs: [
        'Uma dor assim diminui muitas vezes em algumas semanas. Pode ajudar. Continue a mexer-se do modo que conseguir. Faça pouco, mas muitas vezes. Avance passo a passo. O sono e a calma também contam.',
        'A Thora não sabe dizer o que causa a sua dor. Não faz diagnósticos. Pode ajudar a mover-se e mostrar com honestidade o que muda e o que não muda.',
      ],
    },
  ],
  question: 'Porque é que os exames raramente são o primeiro passo?',
  answers: [
    'Porque demoram muito.',
    'Porque mostram muitas vezes mudanças que não explicam a dor.',
    'Porque nunca mostram nada.',
  ],
  right: 1,
  feedback:
    'Os exames mostram muitas vezes pequenas mudanças em pessoas sem dor. Ajudam quando há sinais de alerta.',
};
