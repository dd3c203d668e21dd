import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Nem demais nem de menos',
      paragraphs: [
        'Nos dias bons muitos fazem tudo o que ficou por fazer. Nos dias seguintes pagam por isso. Depois descansam e recomeçam. Este sobe e desce cansa.',
        'Dosear é fazer mais ou menos o mesmo nos dias bons e maus, e parar enquanto ainda corre bem. Divida os trabalhos grandes. Faça pausas antes de precisar. Depois aumente devagar.',
      ],
    },
    {
      heading: 'Pendure num gancho',
      paragraphs: [
        'Não é a força de vontade que segura um hábito. É um gancho. Escolha algo que já faz todos os dias, como lavar os dentes ou fazer café. Faça os exercícios logo a seguir, no mesmo sítio.',
        'Torne-o o mais fácil possível. Deixe os sensores onde os vai usar. Comece com dois minutos. Na maioria dos dias fará mais depois de começar.',
      ],
    },
    {
      heading: 'Se e então',
      paragraphs: [
        'Faça um plano para o que pode atrapalhar. Se chegar tarde a casa, então faço a sessão curta. Se a criança acordar, então continuo ao almoço. Se estiver fora, então faço dois movimentos sem sensores. Quem planeia assim continua mais vezes.',
      ],
    },
    {
      heading: 'Depois de falhar',
      paragraphs: [
        'Toda a gente falha dias. Um dia falhado não muda nada. Conta o próximo. Não recupere. Faça só a parte de hoje, ou a versão curta.',
        'Se esteve fora uma semana ou mais, a Thora começa com menos. É de propósito.',
      ],
    },
    {
      heading: 'Veja que resulta',
      paragraphs: [
        'Olhe para o progresso de vez em quando, não todos os dias. Algumas coisas só mudam ao fim de semanas. «Sem mudança clara» durante algum tempo é normal, e não é razão para fazer cada vez mais.',
      ],
    },
  ],
  question: 'Falhou três dias. E agora?',
  answers: ['Fazer tudo o que falhou.', 'Desistir até ao próximo mês.', 'Fazer a parte de hoje, ou a curta.'],
  right: 2,
  feedback: 'Não recupere. A próxima sessão é a que conta.',
};
