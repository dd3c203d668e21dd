import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Pode haver alguma dor',
      paragraphs: [
        'Pode fazer exercício com um pouco de dor. Estudos sobre dor prolongada viram que o exercício com alguma dor não funciona pior do que sem dor. Conta a quantidade, e como está na manhã seguinte.',
      ],
    },
    {
      heading: 'O semáforo durante o exercício',
      paragraphs: [
        'Pense na dor de 0 a 10 e compare com o momento antes da sessão.',
        'Verde: de 0 a 2. Também até 4, se não for mais do que no início. Continue.',
        'Amarelo: uma pequena subida. Fique na mesma quantidade, reduza um pouco se quiser, e veja como corre.',
        'Vermelho: mais de 5, ou mais de um ponto acima de um início que já era 5 ou mais. Também vermelho: uma subida de 3 pontos ou mais, e tudo acima de 7. Pare este exercício por hoje.',
      ],
    },
    {
      heading: 'O semáforo na manhã seguinte',
      paragraphs: [
        'A manhã seguinte diz mais do que o próprio momento. A dor está mais baixa ou igual? Bem, a quantidade foi certa. Está um pouco mais alta? Fique onde está. Está claramente mais alta? Da próxima vez faz menos.',
        'É por isso que a Thora pergunta de manhã. Se não responder, nada fica mais difícil.',
      ],
    },
    {
      heading: 'Músculos doridos são outra coisa',
      paragraphs: [
        'Depois de um treino de força novo, os músculos podem doer um ou dois dias. Ficam sensíveis ao toque e ao esticar. Passa por si e não faz mal.',
        'Estes limites vêm de estudos sobre joelhos e calcanhares, e são usados aqui por analogia. São um guia, não uma lei. Se um movimento lhe parecer errado, deixe-o.',
      ],
    },
  ],
  question: 'Começou com 2 e a dor está agora em 5. Que cor é?',
  answers: ['Verde', 'Amarelo', 'Vermelho'],
  right: 2,
  feedback: 'Subiu 3 pontos. É vermelho: pare este exercício por hoje.',
};
