import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Dor e humor andam juntos',
      paragraphs: [
        'A dor cansa. O stress e a tristeza tornam a dor mais forte. O corpo funciona assim: os mesmos nervos e hormonas servem os dois. Não quer dizer que a dor está na cabeça. Ela é real.',
      ],
    },
    {
      heading: 'O que o stress faz',
      paragraphs: [
        'Com stress os músculos ficam tensos, a respiração curta, o sono leve. O sistema de alarme está no limite. Costas que estavam quietas podem então queixar-se. Muitos notam-no antes de um exame, depois de uma discussão ou numa semana dura de trabalho.',
      ],
    },
    {
      heading: 'Coisas que ajudam',
      paragraphs: [
        'Mexa-se. Um passeio de dez minutos pode melhorar o humor por algum tempo.',
        'Respire devagar durante cinco minutos. Veja o cartão sobre a respiração.',
        'Faça por dia uma coisa de que gosta, mesmo que doa um pouco. A dor ocupa mais lugar quando a vida fica pequena.',
        'Fale com alguém em quem confia. Não tem de resolver nada.',
        'Planeie o dia com pausas. Pare antes de estar esgotado, não depois.',
        'Escreva os pensamentos que andam à roda, como «isto nunca acaba». Depois pergunte: é certo? O que diria a um amigo?',
      ],
    },
    {
      heading: 'Ajuda de outros',
      paragraphs: [
        'Os tratamentos por conversa, que trabalham com pensamentos e hábitos, são uma das coisas que a Organização Mundial da Saúde indica para a dor lombar prolongada. Podem ajudar na própria dor, não só no humor. Pergunte ao seu médico.',
      ],
    },
    {
      heading: 'Quando procurar ajuda em breve',
      paragraphs: [
        'Se na maioria dos dias, durante duas semanas, se sentiu em baixo, vazio ou muito ansioso, fale com um médico. Se pensa em fazer mal a si próprio, ligue já para o número de emergência ou para uma linha de apoio. Não tem de ter a certeza. Ligar está certo.',
      ],
    },
  ],
  question: 'O stress torna a dor mais forte. O que significa?',
  answers: [
    'A dor não é real.',
    'Corpo e humor usam os mesmos fios; acalmar um ajuda o outro.',
    'Tem de evitar todo o stress.',
  ],
  right: 1,
  feedback: 'A dor é real. Tudo o que acalma o alarme pode baixá-la.',
};
