import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'As costelas movem-se com cada respiração',
      paragraphs: [
        'Respira cerca de 20 000 vezes por dia. De cada vez as costelas sobem e abrem um pouco. Estão ligadas aos ossos da parte superior das costas por pequenas articulações. Assim, cada respiração também move as costas.',
        'Com dor, muitas pessoas respiram curto e alto sem saber. As costelas movem-se então menos, e os músculos do pescoço fazem mais.',
      ],
    },
    {
      heading: 'Respirar para os lados',
      paragraphs: [
        'Ponha as mãos dos lados das costelas mais baixas. Inspire pelo nariz e deixe que as mãos se afastem. Expire devagar e sinta as costelas descer. Não force. Algumas respirações calmas chegam.',
        'Também pode respirar para um lado: incline-se um pouco para o outro e mande o ar para lá.',
      ],
    },
    {
      heading: 'Respirar devagar',
      paragraphs: [
        'Respirar devagar acalma o corpo. Experimente cerca de seis respirações por minuto: inspire a contar até quatro, expire até seis. Depois de alguns minutos o coração bate mais devagar e os músculos tensos soltam-se. Não tira toda a dor, mas muitos acham que ajuda.',
      ],
    },
    {
      heading: 'Tonturas querem dizer demais',
      paragraphs: [
        'Se ficar tonto, ou os dedos formigarem, respirou demais. Pare. Respire como é costume até passar. Da próxima vez faça respirações mais pequenas.',
        'Se de repente não conseguir ar suficiente, ou se inspirar der uma dor aguda nova, pare e peça ajuda.',
      ],
    },
    {
      heading: 'O que o sensor vê',
      paragraphs: [
        'Em repouso, o sensor nas costas consegue contar as respirações, porque as costas se movem um pouquinho. Não consegue medir quanto ar entra. Por isso a Thora mostra um ritmo, e compara o tamanho só com as suas respirações da mesma sessão.',
      ],
    },
  ],
  question: 'Fica tonto ao respirar fundo. E agora?',
  answers: [
    'Respirar ainda mais fundo.',
    'Parar, respirar como é costume e fazer respirações mais pequenas da próxima vez.',
    'Prender a respiração.',
  ],
  right: 1,
  feedback: 'Tonturas querem dizer ar a mais. Com respirações mais pequenas passa.',
};
