import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'As costas são feitas para levantar',
      paragraphs: [
        'As costas conseguem levantar, carregar e dobrar-se. Ossos, discos e músculos ficam mais fortes com a carga, se ela crescer devagar. Ter cuidado alguns dias pode ajudar. Ter cuidado durante meses enfraquece as costas.',
      ],
    },
    {
      heading: 'Não há uma só maneira certa',
      paragraphs: [
        'Talvez tenha aprendido a levantar com as costas direitas e os joelhos dobrados. É uma boa maneira. Para coisas pesadas é muitas vezes a mais fácil. Mas os estudos não mostraram que uma maneira de levantar evita a dor nas costas. As pessoas levantam de muitas maneiras, e as costas adaptam-se.',
        'O que importa: o peso, quantas vezes, o cansaço e o hábito.',
      ],
    },
    {
      heading: 'Torne mais fácil',
      paragraphs: [
        'Chegue perto. Leve a carga junto ao corpo. Agarre bem. Expire ao levantar. Vire-se com os pés. Divida a carga, ou peça ajuda. Ao dobrar pelas ancas, as costas ficam longas. O plano treina isso.',
      ],
    },
    {
      heading: 'Aumente aos poucos',
      paragraphs: [
        'Comece com o que consegue levantar dez vezes com pouca dor. Fique aí algumas sessões. Depois junte um pouco, cerca de um décimo. Se a manhã seguinte estiver bem, fique ou junte mais.',
        'Não passe de nada para uma mudança de casa inteira. Saltos na carga são o que as costas menos gostam. Se vem aí um dia grande, treine algumas semanas antes e faça pausas nesse dia.',
      ],
    },
    {
      heading: 'Carregar',
      paragraphs: [
        'Leve as coisas junto a si. Troque de lado. Uma mochila reparte a carga. Dois sacos pequenos são melhores do que um grande.',
        'Se tem ossos fracos, ou está grávida, valem outros limites. A Thora pergunta por isso e deixa de fora o que não serve.',
      ],
    },
  ],
  question: 'Do que é que as costas menos gostam?',
  answers: ['De se dobrar.', 'De saltos bruscos na carga.', 'De levantar uma vez com as costas curvas.'],
  right: 1,
  feedback: 'A carga que cresce devagar fortalece as costas. Saltos bruscos custam-lhes.',
};
