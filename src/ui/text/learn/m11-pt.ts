import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Músculos que seguram os ombros',
      paragraphs: [
        'As omoplatas assentam nas costelas como dois pratos. Só os músculos as seguram ali. Estes músculos trabalham quando levanta o braço, leva um saco ou passa horas à mesa. Se forem fortes, o mesmo trabalho custa-lhes menos.',
      ],
    },
    {
      heading: 'O que fazem os exercícios',
      paragraphs: [
        'As remadas puxam as omoplatas para trás e uma para a outra. Precisa disso para puxar e carregar.',
        'Deitado de barriga, levantar os braços como um T ou um Y treina a parte do meio e de baixo. Precisa disso para alcançar em cima.',
        'Rodar os braços para fora como um W treina a parte de trás do ombro.',
        'A flexão com extra acaba com um empurrão a mais. Treina o músculo que segura a omoplata nas costelas. Na parede funciona bem e é fácil para começar.',
      ],
    },
    {
      heading: 'Quanto esforço?',
      paragraphs: [
        'O suficiente para que os últimos movimentos deem trabalho: cerca de 4 a 7 numa escala de 0 a 10. Deve conseguir fazer mais dois ou três. Só uma coisa fica mais difícil de cada vez: primeiro mais movimentos, depois mais carga.',
        'Num estudo, pessoas de escritório treinaram com um elástico alguns minutos em cinco dias por semana. Ao fim de dez semanas a dor no pescoço e nos ombros era menor do que em quem não treinou. Era pescoço e ombros, não a parte superior das costas, por isso usamos o resultado com cuidado.',
      ],
    },
    {
      heading: 'Dorido depois',
      paragraphs: [
        'Músculos doridos até dois dias são normais no início. Continue a mexer-se com suavidade. Se durar mais, ou se a dor for aguda, diga. Faz então menos.',
        'Não treine com força os mesmos músculos dois dias seguidos. Ficam mais fortes no intervalo.',
      ],
    },
    {
      heading: 'Dê-lhe tempo',
      paragraphs: [
        'A força leva semanas. Depois de duas semanas os movimentos parecem mais seguros. Depois de seis a dez semanas consegue carregar mais.',
      ],
    },
  ],
  question: 'Quanto tempo podem os músculos doer depois de um treino de força novo?',
  answers: ['Não podem doer nada.', 'Até cerca de dois dias.', 'Duas semanas.'],
  right: 1,
  feedback: 'Até dois dias é normal. Mais tempo ou dor aguda: faça menos e diga.',
};
