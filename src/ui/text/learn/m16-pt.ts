import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'O que os sensores medem',
      paragraphs: [
        'Cada sensor sente como roda e onde fica o chão. Com dois deles a Thora calcula como uma parte das costas se move em relação a outra. Não vê os ossos. Vê a pele e a fita moverem-se consigo.',
        'Por isso um ângulo na Thora é uma estimativa. Depende de onde fica a fita, de quão apertada está e de como começa.',
      ],
    },
    {
      heading: 'Porque há uma faixa',
      paragraphs: [
        'Ao lado de um ângulo vê um mais e menos. Dezanove vezes em vinte, o ângulo verdadeiro fica lá dentro. Uma faixa larga quer dizer: menos certeza.',
      ],
    },
    {
      heading: 'Porque os dias diferem',
      paragraphs: [
        'Se medir as mesmas costas duas vezes, obtém dois números. A fita fica um pouco mais acima, está mais quente, dormiu bem. Na maioria dos movimentos as mesmas costas podem diferir 7 a 12 graus de um dia para o outro.',
        'Por isso a Thora só chama mudança a uma diferença maior do que isso, e que apareça duas vezes seguidas. O resto é «sem mudança clara». Não é má notícia. Quer dizer que não se consegue saber.',
      ],
    },
    {
      heading: 'Porque mais testes não ajudam logo',
      paragraphs: [
        'Testar de novo no mesmo dia não o torna mais solto. Mas diz quanto os seus próprios números saltam. Se saltam muito, a Thora pede mais antes de chamar mudança a algo.',
      ],
    },
    {
      heading: 'Um conjunto não é outro',
      paragraphs: [
        'Dois sensores noutros sítios medem outra coisa. Os números nunca se juntam. Se mudar de conjunto, começa uma linha nova.',
      ],
    },
    {
      heading: 'O que os números não dizem',
      paragraphs: [
        'Não dizem porque dói. Mais graus nem sempre são menos dor, e menos dor vem muitas vezes sem mais graus. São uma vista entre várias. Como se sente, o que consegue fazer e como dorme contam o mesmo.',
      ],
    },
  ],
  question: 'A sua rotação era de 34 graus e agora é de 37. O que significa?',
  answers: [
    'Melhorou.',
    'Não se distingue das diferenças de um dia para o outro.',
    'O sensor está avariado.',
  ],
  right: 1,
  feedback: 'Três graus cabem no que os dias fazem por si.',
};
