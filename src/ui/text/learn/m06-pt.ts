import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Os dias maus fazem parte',
      paragraphs: [
        'Quase toda a gente com dor nas costas tem crises. A dor sobe de repente, muitas vezes por alguns dias. Não quer dizer que voltou ao início. Não quer dizer que algo se partiu.',
      ],
    },
    {
      heading: 'Três passos',
      paragraphs: [
        'Primeiro, verifique. Há algo novo ou estranho? A Thora faz algumas perguntas de segurança. Se uma delas se aplicar, diz o que fazer.',
        'Segundo, acalme. Continue a mexer-se, mas menos. Respiração lenta, rotações fáceis deitado de lado, um passeio curto. Duas ou três voltas curtas por dia são melhores do que uma longa. O calor pode saber bem. Por agora, sem pesos.',
        'Terceiro, suba de novo. Quando a dor estiver quase como era, faça metade do habitual. Depois três quartos. Depois tudo. Cada passo tem de correr bem antes do seguinte.',
        'Na página Hoje, «Dia mau» começa este plano. Não tem de explicar nada.',
      ],
    },
    {
      heading: 'O que a pode ter causado',
      paragraphs: [
        'Antes de uma crise há muitas vezes uma noite má, stress, um salto na carga ou horas na mesma posição. Muitas vezes não se encontra nada. Se quiser, anote o que aconteceu antes. Com o tempo pode ver um padrão. É uma pista, não uma prova.',
      ],
    },
    {
      heading: 'Quando pedir ajuda',
      paragraphs: [
        'Se uma crise não acalmar em cinco a sete dias, ou se tiver três em quatro semanas, peça a um médico ou fisioterapeuta que veja. Leve a sua página para o médico.',
      ],
    },
    {
      heading: 'Faça já o seu plano',
      paragraphs: [
        'Decida hoje quais são os seus três passos. Um plano feito num dia bom é fácil de seguir num dia mau.',
      ],
    },
  ],
  question: 'O que é melhor fazer num dia mau?',
  answers: [
    'Ficar na cama até passar.',
    'Continuar a mexer-se, mas menos, e subir passo a passo.',
    'Fazer o plano todo na mesma.',
  ],
  right: 1,
  feedback: 'O movimento suave acalma uma crise melhor do que a cama ou a força.',
};
