import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Quase toda a dor é inofensiva, alguma não',
      paragraphs: [
        'A maior parte da dor na parte superior das costas não é perigosa. Às vezes a dor vem de outra coisa, como o coração, os pulmões, um osso partido ou uma infeção. Este cartão ajuda a saber quando parar e pedir ajuda.',
      ],
    },
    {
      heading: 'Ligue já para o número de emergência',
      paragraphs: [
        'Ligue logo se tiver pressão ou aperto no peito, ou dor que passa para o braço ou o queixo. Ligue se de repente lhe custar respirar, se desmaiar, ou se tiver uma dor súbita no peito ou nas costas, como um rasgão.',
        'Ligue se as pernas ficarem fracas ou dormentes, se andar ficar inseguro, se perder a sensação entre as pernas, ou se deixar de controlar a bexiga ou o intestino.',
        'A Thora não serve para emergências. Não vigia nem chama ninguém.',
      ],
    },
    {
      heading: 'Consulte um médico em breve',
      paragraphs: [
        'Consulte um médico se teve uma queda ou uma pancada e dói desde então. Vá se tem febre com dor nas costas, ou se perde peso sem querer. Vá se já teve cancro, ou toma comprimidos de cortisona, e a dor é nova.',
        'Vá se a dor dura toda a noite e nenhuma posição a alivia. Vá se piora de semana para semana.',
      ],
    },
    {
      heading: 'Como parar',
      paragraphs: [
        'Cada sessão tem um botão Parar. Pode usá-lo a qualquer momento, por qualquer razão. Também pode simplesmente parar e sentar-se. Nada se perde.',
        'Se algo novo o preocupa, diga quando a Thora perguntar. Ela faz mais algumas perguntas e diz o próximo passo. Na dúvida, fale com um médico.',
      ],
    },
  ],
  question: 'As pernas estão fracas e anda sem firmeza. E agora?',
  answers: [
    'Acabar a sessão com cuidado.',
    'Esperar até à próxima semana.',
    'Ligar para o número de emergência.',
  ],
  right: 2,
  feedback: 'Uma fraqueza nova nas pernas precisa de ajuda imediata, mesmo que a dor seja pequena.',
};
