import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Não há postura perfeita',
      paragraphs: [
        'Talvez tenha ouvido que tem de se sentar direito. Os estudos não o confirmam. Nenhuma postura mostrou proteger as pessoas da dor nas costas. Pessoas com dor e sem dor sentam-se de todas as maneiras.',
        'Sentar-se direito não está errado. Sentar-se curvado também não. Ficar horas numa só é o que a maioria das costas não gosta.',
      ],
    },
    {
      heading: 'A próxima postura é a melhor',
      paragraphs: [
        'As costas gostam de mudar. Incline-se para trás, para a frente, cruze as pernas, levante-se, estique-se. Se uma posição sabe bem, use-a. Quando deixar de saber bem, escolha outra.',
        'Pequenas mudanças contam. Não precisa de uma cadeira especial.',
      ],
    },
    {
      heading: 'Porque treinamos a postura na mesma',
      paragraphs: [
        'Em alguns exercícios a Thora pede que fique perto da sua posição direita. Isso treina força e resistência, para ter mais posições à escolha. É como treinar para uma caminhada. Não é para parecer bem.',
        'Quando a Thora mostra um ângulo, compara-o consigo. Nunca diz que as suas costas são tortas. Não consegue ver isso, e não ajudaria.',
      ],
    },
    {
      heading: 'E as costas arredondadas?',
      paragraphs: [
        'As costas têm formas diferentes e ficam mais arredondadas com a idade. Muitas pessoas com as costas arredondadas não têm dor. Músculos mais fortes e movimento fácil valem a pena com qualquer forma.',
        'Se um médico lhe disse que tem ossos fracos, não se dobre para a frente com força. A Thora deixa então esses movimentos de fora.',
      ],
    },
    {
      heading: 'Experimente',
      paragraphs: [
        'Não ponha um alarme para a postura. Ligue uma mudança a algo que já faz. Levante-se em cada chamada. Estique-se enquanto a água ferve. Respire fundo para os lados enquanto espera por uma página.',
      ],
    },
  ],
  question: 'Que postura protege melhor as costas?',
  answers: [
    'Direita, todo o dia.',
    'Nenhuma sozinha; mudar muitas vezes.',
    'Inclinada para trás, todo o dia.',
  ],
  right: 1,
  feedback: 'Nenhuma postura é a melhor. A próxima é.',
};
