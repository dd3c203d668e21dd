import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Dor e sono puxam um pelo outro',
      paragraphs: [
        'Depois de uma noite má, a maioria sente mais dor. Com dor, dorme-se pior. O lado bom: se um melhora, o outro segue muitas vezes.',
      ],
    },
    {
      heading: 'Um ritmo certo',
      paragraphs: [
        'Levante-se mais ou menos à mesma hora todos os dias, também ao fim de semana. Isso acerta o relógio interno mais do que deitar-se cedo. A luz da manhã e o movimento durante o dia ajudam a ter sono à noite.',
        'O café, o chá e a cola atuam muitas horas. Tente tomar o último pouco depois do almoço. O álcool dá sono e piora o sono.',
      ],
    },
    {
      heading: 'Deitar-se bem',
      paragraphs: [
        'Não há uma forma certa de se deitar. Experimente. De lado: uma almofada que enche o espaço entre a orelha e o colchão, e outra para abraçar, para que o braço de cima não puxe. De costas: uma almofada fina sob a cabeça, e talvez uma sob os joelhos. De barriga: uma almofada muito baixa, ou nenhuma.',
        'Um duche morno ou um saco quente antes de deitar sabe bem a muitos.',
      ],
    },
    {
      heading: 'Abrandar',
      paragraphs: [
        'Dê um sinal ao corpo. Faça a última meia hora com pouca luz e devagar. Inspire a contar até quatro e expire até seis, durante cinco minutos. O plano tem um exercício para isso, e pode fazê-lo na cama.',
        'Se ficar muito tempo acordado, levante-se, faça algo calmo e volte quando tiver sono. Não olhe para o relógio.',
      ],
    },
    {
      heading: 'Acordar de noite',
      paragraphs: [
        'Virar-se e acordar por momentos é normal. Mexa-se, procure outra posição, respire devagar.',
        'Se a dor o acorda quase todas as noites e nenhuma posição a alivia, diga a um médico. Se ressona alto e tem muito sono de dia, diga também.',
      ],
    },
  ],
  question: 'O que ajuda mais o relógio interno?',
  answers: [
    'Deitar-se muito cedo.',
    'Levantar-se mais ou menos à mesma hora todos os dias.',
    'Um copo de vinho.',
  ],
  right: 1,
  feedback: 'Uma hora certa para se levantar acerta melhor o ritmo.',
};
