import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Muito tempo sentado',
      paragraphs: [
        'Horas ao ecrã ou ao volante deixam muitas costas rígidas. Estar sentado não faz mal às costas. Mas músculos que seguram a mesma posição durante horas cansam-se, e articulações paradas ficam rígidas.',
      ],
    },
    {
      heading: 'Faça pausas',
      paragraphs: [
        'Um guia simples é mexer-se a cada 30 minutos. Não tem de ser muito. Levante-se, rode três vezes para cada lado, estique os braços para cima, sente-se. São 30 segundos.',
        'Se não puder levantar-se, mexa-se na cadeira. Rode os ombros. Vire-se e olhe para trás. Respire cinco vezes para os lados.',
      ],
    },
    {
      heading: 'Prepare o seu lugar',
      paragraphs: [
        'Ponha o ecrã de modo que o topo fique perto da altura dos olhos. Com um portátil, levante-o e use um teclado. Apoie os braços na mesa ou na cadeira, para que os ombros não os segurem todo o dia. Traga o rato para perto.',
        'Deixe os pés tocar no chão. Depois mude tudo um pouco de vez em quando. Não há um lugar perfeito.',
        'Segure o telefone mais alto, ou apoie os cotovelos. Troque de mão.',
      ],
    },
    {
      heading: 'No carro',
      paragraphs: [
        'Ponha o banco tão perto que os braços possam dobrar. Encoste a cabeça e as costas. Em viagens longas pare mais ou menos a cada hora e ande um pouco. Num sinal vermelho pode puxar os ombros para trás algumas vezes.',
      ],
    },
    {
      heading: 'Um lanche para as costas',
      paragraphs: [
        'Escolha dois movimentos do plano que possa fazer no trabalho. Ligue-os a coisas que acontecem de qualquer modo: o início de uma reunião, uma chávena cheia, o fim de uma chamada. Dois pequenos lanches por dia fazem mais do que um bom plano esquecido.',
        'Estes conselhos vêm mais da experiência do que de estudos. Fique com o que o ajuda.',
      ],
    },
  ],
  question: 'De quanto em quanto tempo é bom mexer-se quando está muito sentado?',
  answers: ['Uma vez à noite.', 'Cerca de cada 30 minutos, mesmo que pouco.', 'Só quando dói.'],
  right: 1,
  feedback: 'Pouco e muitas vezes é o melhor. Trinta segundos bastam.',
};
