import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Não precisa de estar sem dor',
      paragraphs: [
        'Muitas pessoas esperam que a dor passe antes de voltar ao trabalho ou ao desporto. Em geral pode voltar antes, com menos no início. Fazer coisas normais faz parte de melhorar.',
      ],
    },
    {
      heading: 'Faça uma escada',
      paragraphs: [
        'Escreva o que a tarefa pede: quanto tempo, que peso, quantas vezes. Depois faça degraus. No trabalho podem ser meios dias, menos cargas ou mais pausas. No desporto pode ser metade do tempo, primeiro devagar, sem competir.',
        'Fique alguns dias em cada degrau. Suba quando a dor durante a tarefa é 3 ou menos e a manhã seguinte é a habitual. Se houver uma crise, desça um degrau, não saia da escada.',
      ],
    },
    {
      heading: 'Fale com o trabalho',
      paragraphs: [
        'Diga à chefia o que consegue fazer e o que ainda não. Peça pequenas mudanças por algumas semanas: uma mesa que sobe, outras tarefas, pausas para se mexer. A maioria custa pouco. Um médico do trabalho ou fisioterapeuta pode ajudar.',
      ],
    },
    {
      heading: 'Sinais de que corre bem',
      paragraphs: [
        'Faz mais, e a dor fica igual. As crises são mais curtas. Pensa menos nas costas. Dorme a noite toda. Sente-se seguro num movimento que evitava. Contam tanto como um número mais baixo.',
      ],
    },
    {
      heading: 'Treine para a tarefa',
      paragraphs: [
        'O plano pode ter exercícios para a secretária, para levantar, para alcançar em cima ou para rodar no desporto. Escolha até dois objetivos. Nas últimas semanas ganham mais espaço.',
        'O desporto com voltas rápidas ou lançamentos vem no fim. Primeiro todo o movimento, devagar. Depois mais depressa. Depois com carga.',
      ],
    },
    {
      heading: 'Se não resultar',
      paragraphs: [
        'Se tentou algumas semanas e não consegue voltar, peça ajuda. Um médico pode ver de novo, e pode haver outras formas de organizar o trabalho. A culpa não é sua.',
      ],
    },
  ],
  question: 'Quando pode voltar a uma tarefa?',
  answers: [
    'Só quando não houver dor nenhuma.',
    'Passo a passo, com pouca dor e uma manhã seguinte habitual.',
    'Tudo de uma vez, para despachar.',
  ],
  right: 1,
  feedback: 'Volte por passos. Pouca dor e uma manhã habitual querem dizer que o passo serve.',
};
