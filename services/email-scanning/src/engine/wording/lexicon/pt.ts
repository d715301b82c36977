import type { Lexicon } from '../concepts.ts';

export const pt: Lexicon = {
  'account-threat': `
    (conta|acesso|cartão|caixa|perfil|cadastro|token|dispositivo|chave|serviço|assinatura|cpf) ~ (foi|será|está|foram|serão|estará|sido|encontra se|ser) ~ (suspens*|bloquead*|limitad*|desativad*|restrit*|encerrad*|cancelad*|desabilitad*|inativad*|congelad*|excluíd*)
    (suspensão|bloqueio|desativação|limitação|encerramento|cancelamento|restrição|exclusão) (de|da|do|temporári*|imediat*|definitiv*) (~) (conta|acesso|cartão|serviço|serviços|caixa|cadastro|dispositivo|cpf)
    (conta|cartão|acesso) (suspensa|bloqueada|bloqueado|limitada|desativada|restrita|suspenso|cancelada|cancelado)
    (pendência|pendências|irregularidade|irregularidades) (~) (cpf|cadastro|conta|cadastral|cadastrais|encontrad*|identificad*|em seu)
    (protesto|protestado|negativad*|serasa|spc|dívida ativa|intimação|cartório)
  `,
  'unusual-activity': `
    (atividade|atividades|acesso|login|transação|movimentação|tentativa|compra|operação|pix) (~) (incomum|incomuns|suspeit*|não autorizad*|fraudulent*|desconhecid*|irregular*|não reconhecid*)
    (acesso|login) (~) (a partir|de um|em um|por um) (~) (dispositivo|local|aparelho|novo)
  `,
  'mailbox-trouble': `
    (caixa|armazenamento|cota|espaço|e mail|email|correio|quota) (~) (chei*|excedid*|excedeu|esgotad*|limite|lotad*|atingiu|insuficiente)
    (mensagens|e mails|emails) (~) (pendentes|retidas|não entregues|bloquead*|em espera|em quarentena|retidos)
    (não poderá|não conseguirá|não vai) (~) (enviar|receber) (~) (mensagens|e mails|emails)
  `,
  'password-expiry': `
    (senha|palavra passe|token|certificado|itoken|chave de segurança) (~) (expir*|venc*|caduc*)
    (manter|conservar) (a|sua) (~) (senha|palavra passe)
  `,
  'payment-problem': `
    (pagamento|cobrança|débito|cartão|fatura|boleto|transação) (~) (recusad*|rejeitad*|não processad*|falhou|vencid*|não foi|pendente|em atraso|em aberto|não identificad*|negad*)
    (problema|problemas|falha|erro) (com|no|na|ao) (~) (pagamento|cobrança|cartão|fatura|faturamento|processar)
    (atualiz*|verifiq*) (~) (pagamento|faturamento|dados bancários|dados do cartão|dados de pagamento)
  `,
  'loss-threat': `
    (permanentemente|definitivamente|automaticamente) (excluíd*|bloquead*|suspens*|cancelad*|desativad*|encerrad*|eliminad*)
    (caso contrário|do contrário|sob pena|sujeito a|caso não|a não)
    (evitar|evite|impedir) (~) (suspensão|bloqueio|interrupção|cancelamento|perda|encerramento|multa|multas|transtornos|juros|protesto|cobranças)
    se (você|) não (~) (verific*|confirm*|atualiz*|regulariz*|respond*)
  `,
  'verify-demand': `
    (verifi*|confirm*|valid*|atualiz*|reativ*|desbloque*|autentic*|regulariz*|recadastr*|sincroniz*|habilit*) (~) (sua|seu|seus|suas|tua|teu) (~) (conta|identidade|informações|dados|senha|acesso|cartão|cadastro|e mail|email|dispositivo|token|aparelho|perfil|situação|palavra passe|cpf)
    (verificação|confirmação|validação|atualização|reativação|regularização|recadastramento|desbloqueio|sincronização|ativação) (de|da|do|cadastral|obrigatóri*|necessári*) (~) (conta|dados|identidade|cadastro|segurança|dispositivo|token|acesso|cadastral|cartão|)
    (confirmar|validar|atualizar|desbloquear|reativar|regularizar|verificar) (agora|aqui|conta|dados|cadastro|minha conta|meus dados|identidade|acesso|pendência)
  `,
  'click-demand': `
    (clique|clicar|clicando|toque|acesse|acessar|acessando|siga|aceda|carregue|clica) (~) (aqui|link|botão|abaixo|no|na|portal|site|conta|agora)
    (link|botão) (abaixo|a seguir|seguinte)
    (faça|fazer|efetue|inicie) (~) (login|acesso|sessão)
  `,
  urgency: `
    (urgente|urgentemente|imediatamente|imediato|imediata|o mais rápido possível|quanto antes|o quanto antes|último aviso|última notificação|última chance|último lembrete|aviso importante|ação necessária|atenção|última oportunidade|comunicado importante|último dia|últimos dias)
  `,
  deadline: `
    (em|dentro de|até|prazo de|nas próximas|menos de|prazo máximo de) (as|os|) (próximas|próximos|) (24|48|72|12|24h|48h|72h|7|3|5|dois|três|2|10) (horas|h|dias|hs|úteis)
    (vence|expira|expiram|vencem) (hoje|amanhã|em breve|em|ainda hoje)
    (ainda hoje|até hoje|hoje mesmo|até o dia|prazo final)
  `,
  'document-share': `
    (documento|arquivo|fatura|contrato|ficheiro|nota fiscal|boleto|comprovante|nfe|nf e|comprovativo|orçamento) (~) (compartilhad*|para assinar|disponível|anexo|em anexo|eletrônica|partilhad*|digitalizad*|emitid*|segue)
    (ver|abrir|baixar|visualizar|consultar|descarregar|imprimir|download) (o|a|seu|sua|do|da|) (documento*|arquivo*|fatura|boleto|comprovante|nota|nota fiscal|nf e|pdf|anexo|segunda via|2 via|intimação|comprovativo)
    (assinatura eletrônica|assinatura digital|mensagem segura|segunda via)
  `,
  'voice-message': '(mensagem de voz|correio de voz|chamada perdida|caixa postal|mensagem de áudio)',
  'parcel-held': `
    (pacote|encomenda|envio|pedido|entrega|objeto|mercadoria|remessa) (~) (não pôde|não pode|retid*|parad*|pendente|suspens*|aguardando|devolvid*|não entregue|não foi|bloquead*|taxad*|apreendid*|não foi possível)
    (tentativa|problema|falha) (de|com|na) (a|sua|) (entrega|encomenda|envio)
    (endereço|morada|número) (~) (incomplet*|incorret*|errad*|em falta)
    (alfândega|fiscalização aduaneira|desembaraço)
  `,
  'delivery-fee': `
    (taxa|taxas|custos|despesas|tarifa|tributo|imposto) (de|da|do|aduaneira|alfandegária|) (~) (alfândega|envio|entrega|importação|desalfandegamento|frete|alfandegári*|despacho|liberação|aduaneir*)
    (pagar|efetuar|pague|pagamento da) (~) (taxa|taxas|alfândega|tributo)
  `,
  refund: `
    (reembolso|restituição|devolução|estorno|ressarcimento) (de|do|da|pendente|disponível|fiscal|aprovad*|no valor|imposto)
    (direito|elegível) (a|ao|para) (~) (reembolso|restituição|devolução)
    (receita federal|autoridade tributária|finanças|fgts|inss|imposto de renda|detran|ipva|irs) (~) (restituição|reembolso|notificação|pendência*|multa|disponível|liberad*|saque|dívida|regulariz*|desconto)
    (valores a receber|saldo disponível|valor disponível|dinheiro esquecido|saque disponível)
  `,
  prize: `
    (você|voce) (~) (ganhou|foi selecionad*|foi sortead*|foi contemplad*|foi premiad*|foi escolhid*|acaba de ganhar)
    (parabéns) (~) (você|ganh*|selecionad*|contemplad*|cliente)
    (resgat*|receb*|troc*|reivindic*|ganh*) (~) (prêmio|prémio|presente|recompensa|pontos|brinde|bônus|milhas|cashback|vale)
    (pontos|milhas) (~) (expir*|venc*|acumulad*|disponíveis|resgat*|livelo|esfera|smiles|a vencer)
    (programa de pontos|pontos a expirar|pontos livelo|pontos prestes|seus pontos|saldo de pontos)
  `,
  'subscription-renewal': `
    (assinatura|licença|plano|subscrição|serviço|domínio|hospedagem) (~) (renov*|expir*|vencid*|venceu|vence)
    renovação (automática|da sua|do seu)
  `,
  'charge-notice': `
    (valor|quantia|compra|pix|débito|pagamento) (~) (debitad*|cobrad*|descontad*|aprovad*|agendad*|realizad*|efetuad*)
    (debitado|cobrado|descontado) (na|da|em) sua (conta|fatura)
  `,
  'call-us': `
    (ligue|ligar|entre em contato|contacte|contate|telefone) (~) (para|número|central|atendimento|imediatamente|0800|suporte|telefone)
    (central de atendimento|ligação gratuita|0800)
  `,
  infected: `
    (computador|dispositivo|celular|telemóvel|aparelho) (~) (infectad*|infetad*|em risco|hackead*|invadid*)
    (vírus|ameaças) (~) (detectad*|encontrad*|detetad*)
    (antivírus|proteção|norton|mcafee) (~) (expir*|renov*|vencid*)
  `,
  opener: `
    (está|estás|você está) (~) (disponível|no escritório|ocupad*|livre)
    (tem|tens) (~) (um minuto|um momento|uns minutos|tempo)
    (tarefa|favor|assunto|pedido) (~) (rápid*|urgente|confidencial|importante|pequen*)
    estou (~) (em reunião|em uma reunião|numa reunião|em conferência|ocupad*)
    não posso (~) (falar|atender|ligar|telefone)
    (envie|manda|me passe|passe|mande) (me|) (~) número (de|) (telefone|celular|whatsapp|telemóvel|pessoal)
  `,
  secrecy: `
    (estritamente|altamente|absoluto|total) (confidencial|sigilo|confidencialidade)
    não (~) (comente|conte|fale|informe|diga) (~) ninguém
    (manter|mantenha) (~) (entre nós|confidencial|em segredo|sigilo)
  `,
  'gift-card':
    '(cartões presente|cartão presente|cartões oferta|cartões google play|cartões itunes|vale presente|vales presente|gift cards)',
  'payroll-change': `
    (alter*|atualiz*|mud*|nova) (~) (conta|dados bancários|nib|iban) (~) (salário|folha|ordenado|vencimento|pagamento do salário)
    (salário|folha de pagamento|ordenado) (~) (nova conta|outra conta|novos dados)
  `,
  'bank-change': `
    (dados|conta|informações|coordenadas) bancári* (~) (~) (alterad*|nov*|atualizad*|mudaram|mudou|já não|mudança)
    (nov*|outra|diferente|atualizad*) (conta|dados|coordenadas|iban|informações|nib) (bancári*|de pagamento|para)
    (alteração|mudança|atualização|alterar|atualizar|mudar) (de|da|do|dos|nos|das|os|a|nossos|nossa|na) (~) (conta|dados bancários|conta bancária|banco|iban|coordenadas bancárias|informações bancárias|nib)
    (mudamos|alterámos|alteramos|trocamos) (~) (banco|conta|dados bancários|iban)
    (conta|iban) (anterior|antiga|antigo|atual) (~) (~) (encerrad*|auditoria|bloquead*|cancelad*|não|inativ*)
    (pagamentos|pagamento|transferências|faturas) (~) (~) (para|na|à) (a|nossa|esta|seguinte|uma) (nova|seguinte|outra) (~) (conta|iban)
    nova conta
  `,
  'transfer-request': `
    (transferência|pagamento|pix) (bancária|) (urgente|imediat*|internacional|confidencial)
    (fazer|realizar|efetuar|processar) (~) (transferência|pix) (~) (hoje|urgente|imediata*|agora|internacional)
  `,
  inheritance:
    '(herança|herdeiro|herdeira|parente mais próximo|falecido cliente|cliente falecido|falecido marido|finado|espólio|testamento)',
  lottery: '(loteria|lotaria|mega sena|bilhete premiado|número vencedor|euromilhões|sorteio internacional)',
  donation: `
    (doar|doação|doado|doei) (~) (de|milhões|euros|dólares|você|fundos|fortuna|quantia)
    (caridade|orfanato|órfãos|obras de caridade|menos privilegiad*|necessitados)
  `,
  'fund-offer': `
    (soma|quantia|montante|total|valor|fundo) de (_|) (_|) (_|) (milhões|milhão|dólares|000 000)
    (_|) milhões (de|) (dólares|euros|usd|libras|reais)
    (proposta|transação|parceiro|parceria) (de|) (negócio|negócios|comercial|confiável|estrangeiro)
  `,
  'partner-wanted': `
    (sou|meu nome é|chamo me|eu sou) (o|a|) (sr|sra|senhor|senhora|advogado|dr|dra|príncipe|barrister|viúva|diretor)
    (deus te abençoe|deus o abençoe|querido amigo|querida amiga|caro amigo|amado|amada|em nome de deus|prezado amigo|caro beneficiário|meu caro)
    (sua ajuda|sua assistência|sua cooperação|pessoa de confiança|vossa ajuda)
    (aguardo|espero|esperando) (a|) (sua|tua) (~) resposta
  `,
  'extortion-recording': `
    (vídeo|grav*|câmera|câmara|webcam) (~) (masturb*|íntim*|porno*|prazer|sexual*|satisfaz*)
    (acesso|controle|controlo|hacke*) (~) (câmera|webcam|dispositivos|contatos|microfone|contactos)
    (masturb*|sites pornográficos|sites adultos|pornográfic*)
    (hacker|trojan|malware|vírus|cavalo de troia) (~) (instal*|dispositivo*|acesso|infect*|profissional)
  `,
  'extortion-payment': `
    (carteira|endereço|wallet) (de|) (bitcoin|btc)
    (transfer*|envi*|pag*|deposit*) (~) (bitcoin|bitcoins|btc|em bitcoin)
  `,
  wallet: `
    (frase|chave|chaves|palavras) (de recuperação|semente|secreta|privada|privadas)
    (carteira|wallet) (~) (verific*|sincroniz*|suspens*|valid*|atualiz*|conect*)
  `,
  investment: `
    (investir|investimento|investimentos|trading|renda) (~) (garantid*|rentab*|bitcoin|cripto*|lucro*|milhões|forex|extra|passiva)
    (liberdade financeira|ficar rico|ganhar dinheiro|ganhe dinheiro|ganhe até)
  `,
  dating:
    '(mulheres solteiras|garotas|mulheres maduras|solteiras perto|encontros (online|casuais|adultos)|acompanhantes|procura homem)',
  pharmacy:
    '(sem receita|disfunção erétil|ereção|impotência|farmácia online|próstata|libido|potência sexual|estimulante sexual)',
  loan: `
    (empréstimo|empréstimos|crédito|créditos|consignado|cartão) (~) (rápid*|pessoal|oferta|juros|aprovad*|imediat*|liberad*|pré aprovad*|sem consulta|sem anuidade|negativad*)
    (limpe seu nome|limpar (seu|o) nome|renegociar|quitar (suas|sua) dívida*|feirão)
  `,
  casino:
    '(casino online|cassino|cassino online|rodadas grátis|apostas esportivas|apostas desportivas|bónus de boas vindas|jogo do tigrinho)',
  'weight-loss':
    '(perder peso|emagrec*|queima gordura|queimar gordura|dieta keto|quilos a mais|perder barriga)',
  'easy-money':
    '(trabalhe em casa|trabalhar em casa|trabalho em casa|dinheiro fácil|renda extra|sem experiência|ganhar dinheiro em casa)',
  'search-ranking':
    '(primeira página do google|topo do google|visitas ao seu site|criação de sites|mala direta|e mail marketing|lista de e mails|listas de emails|divulgue sua empresa|otimização de sites)',
  'sales-pitch':
    '(oferta (especial|exclusiva|limitada|imperdível)|por tempo limitado|compre agora|aproveite|grátis|gratuitamente|sem compromisso|garantid*|última chance|incrível|desconto|descontos|promoção|imperdível|não perca|inscreva se|só hoje|frete grátis)',
  'not-spam':
    '(não é spam|não é considerado spam|ser removido|remover seu e mail|deixar de receber|não deseja (mais|) receber|descadastr*|sair da lista)',
  'generic-greeting': `
    (prezado|prezada|caro|cara|olá|estimado|prezados|estimada|sr) (senhor|) (cliente|usuário|utilizador|titular|assinante|membro|contribuinte|clientes|usuários|cidadão|correntista|associado|consumidor)
    (prezado|caro|olá|estimado) (_|_ _) (cliente|usuário|utilizador|titular|assinante|membro)
    (prezado|caro|prezada|cara) (a|o) (~) (cliente|usuário|senhor|contribuinte)
  `,
  unsubscribe:
    '(cancelar (a|sua|) (inscrição|subscrição|assinatura)|descadastr*|deixar de receber|não deseja (mais|) receber|ver no navegador|visualizar no navegador|gerir preferências|cancelar o recebimento)',
  transaction: `
    (número|nº|n|referência|data) (do|da|de) (pedido|fatura|encomenda|cliente|reserva|rastreio|orçamento|rastreamento)
    (subtotal|iva|valor total|total a pagar|endereço de entrega|morada de entrega|data de vencimento|guia de remessa|nif)
  `,
  'warning-talk':
    '(phishing|golpes|golpistas|burlas|fraudadores|e mails falsos|nunca (pede|pedimos|solicita|solicitamos|pediremos|solicitar*))',
  'if-not-you': `
    (se|caso) (você|) não (~) (solicit*|realiz*|reconhec*|foi você|fez|efetuou|pediu)
    (ignor*|desconsider*) (~) (mensagem|e mail|email)
  `,
  'help-desk': `
    (suporte|serviço|equipe|equipa|departamento|central|centro) (técnico|de suporte|de segurança|de ajuda|de atendimento|de correio|ao cliente|de apoio|de relacionamento)
    (administrador do sistema|administrador de e mail|webmaster)
  `,
};
