import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'O movimento trata das costas',
      paragraphs: [
        'As articulações gostam de se mover. Quando se move, o líquido espalha-se na articulação, os músculos aquecem e o corpo aprende que o movimento é seguro. Quando quase não se move durante dias, as costas ficam mais rígidas e os movimentos parecem estranhos.',
      ],
    },
    {
      heading: 'O que dizem os estudos',
      paragraphs: [
        'Grandes orientações para a dor nas costas põem o exercício e a boa informação entre as primeiras coisas a tentar. A maior parte desse trabalho foi sobre a zona lombar. Para a parte superior há menos estudos. Num deles, pessoas com dor na parte superior das costas que fizeram exercício tiveram menos dor e um dia a dia melhor, e isso manteve-se 12 semanas.',
        'A resposta honesta é esta: há boas razões para esperar ajuda, e nenhuma promessa.',
      ],
    },
    {
      heading: 'Pouco também conta',
      paragraphs: [
        'Não precisa de uma hora. Num estudo sobre dor no pescoço e nos ombros, dois minutos de treino por dia bastaram para fazer diferença. O que importa é voltar a fazer.',
        'Uma sessão curta num dia mau vale mais do que uma longa que nunca acontece. A Thora pode encurtar a sessão. Basta dizer que tem menos tempo.',
      ],
    },
    {
      heading: 'Que exercício é o melhor',
      paragraphs: [
        'Ninguém mostrou que um exercício é melhor do que todos os outros para a parte superior das costas. É uma boa notícia. Pode escolher os movimentos que lhe servem. Uns soltam, outros fortalecem, outros acalmam a respiração.',
        'O seu plano junta-os. Muda com o que diz e com o que os sensores veem. Cada mudança tem uma razão, e pode lê-la.',
      ],
    },
  ],
  question: 'Que sessão ajuda mais?',
  answers: ['A mais longa.', 'A que faz mesmo, uma e outra vez.', 'A que dói mais.'],
  right: 1,
  feedback: 'Pouco também conta, e voltar a fazer conta mais.',
};
