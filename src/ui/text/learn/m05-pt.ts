import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'A dor é um alarme',
      paragraphs: [
        'A dor existe para o proteger. Funciona como um detetor de fumo. Toca com um incêndio e também com uma torrada queimada. Quando a dor dura semanas, o alarme fica muitas vezes mais sensível. Toca cedo.',
        'Por isso doer e fazer mal são duas coisas. Um movimento pode doer e ser seguro. Os sinais de alerta são diferentes, e o cartão «Quando pedir ajuda» fala deles.',
      ],
    },
    {
      heading: 'O que o receio faz',
      paragraphs: [
        'Faz sentido deixar os movimentos que doem. Durante alguns dias pode ajudar. Ao longo de semanas pode piorar as coisas. Mexe-se menos, fica mais fraco e vigia mais as costas. Cada movimento parece então um risco.',
        'Muita gente conhece este círculo. Não diz nada de mau sobre si. E há uma saída.',
      ],
    },
    {
      heading: 'Um pequeno passo de cada vez',
      paragraphs: [
        'Escolha um movimento que evita e que gostaria de recuperar. Encontre uma versão tão pequena que se atreva a fazê-la. Faça-a algumas vezes. Repare no que acontece mesmo, não só no que temia.',
        'Da próxima vez, repita ou vá um pouquinho mais longe. Sempre que corre bem, o corpo aprende. A confiança não vem primeiro. Cresce com o fazer.',
        'A Thora trabalha assim. Se o receio é grande, os alvos só crescem quando quiser. Pode ficar num passo o tempo que quiser.',
      ],
    },
    {
      heading: 'Quando continua difícil',
      paragraphs: [
        'Se o medo o impede de fazer coisas do dia a dia, fale com um médico ou um fisioterapeuta. Podem ver os movimentos consigo. É normal pedir isso.',
      ],
    },
  ],
  question: 'Um movimento dói um pouco, sem sinais de alerta. O que significa?',
  answers: [
    'Algo está a ser afetado.',
    'O alarme está sensível; o movimento pode ser seguro.',
    'Nunca mais o pode fazer.',
  ],
  right: 1,
  feedback: 'Doer não é o mesmo que fazer mal. Passos pequenos e seguros acalmam o alarme.',
};
