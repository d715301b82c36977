import type { Lexicon } from '../concepts.ts';

export const es: Lexicon = {
  'account-threat': `
    (cuenta|acceso|tarjeta|buzón|correo|perfil|servicio|suscripción) ~ (ha sido|está|fue|será|serán|han sido|sido|estará) ~ (suspendid*|bloquead*|limitad*|desactivad*|restringid*|cerrad*|cancelad*|inhabilitad*|deshabilitad*|eliminad*|congelad*)
    (suspensión|bloqueo|desactivación|limitación|cierre|cancelación|restricción|inhabilitación|eliminación) (de|temporal|inmediata|definitiva) (~) (cuenta|acceso|tarjeta|servicio|buzón|correo)
    (cuenta|tarjeta|acceso) (suspendida|bloqueada|limitada|desactivada|restringida|bloqueado|suspendido|restringido)
    (hemos|vamos a|procederemos a|procederá a) (~) (suspend*|bloque*|limit*|restring*|desactiv*|cancel*) (~) (cuenta|acceso|tarjeta)
  `,
  'unusual-activity': `
    (actividad|actividades|acceso|inicio de sesión|transacción|movimiento|movimientos|intento|operación|compra|cargo) (~) (inusual*|sospechos*|no autorizad*|fraudulent*|desconocid*|irregular*|extrañ*|no reconocid*)
    (inicio de sesión|acceso|iniciado sesión|accedido) (~) (desde|en) (un|una|otro) (~) (dispositivo|ubicación|lugar|ip)
  `,
  'mailbox-trouble': `
    (buzón|correo|almacenamiento|cuota|espacio|bandeja|memoria) (~) (llen*|excedid*|superad*|agotad*|límite|insuficiente|completo|alcanzado)
    (mensajes|correos|emails) (~) (pendientes|retenidos|no entregados|bloqueados|en espera|en cuarentena|entrantes)
    (no podrá|no puede|no podrás) (~) (enviar|recibir) (~) (mensajes|correos|emails)
  `,
  'password-expiry': `
    contraseña (~) (caduc*|expir*|vence|vencer*|vencid*)
    (mantener|conservar) (la|su|tu) (~) contraseña
  `,
  'payment-problem': `
    (pago|cobro|cargo|tarjeta|facturación|domiciliación|transacción) (~) (rechazad*|fallid*|no se pudo|denegad*|no pudo|caducad*|pendiente|no procesad*|ha fallado|vencid*)
    (problema|problemas|error|inconveniente|inconvenientes) (con|en|al) (~) (pago|facturación|tarjeta|cobro|cobrar|procesar)
    (actualizar|actualice|actualiza|verifique) (su|sus|tu|tus|los|el) (~) (pago|facturación|tarjeta|bancarios|bancaria)
  `,
  'loss-threat': `
    (permanentemente|definitivamente|automáticamente) (eliminad*|bloquead*|suspendid*|cancelad*|desactivad*|cerrad*)
    (de lo contrario|en caso contrario|caso contrario|si no lo hace|de no hacerlo|so pena)
    (evitar|evite|prevenir) (~) (suspensión|bloqueo|interrupción|cancelación|pérdida|cierre|cargos|multas|recargos|sanciones|embargo)
    si (usted|) no (~) (verific*|confirm*|actualiz*|respond*|activ*)
  `,
  'verify-demand': `
    (verific*|confirm*|valid*|actualic*|actualiz*|reactiv*|desbloque*|autentic*|restablec*|restaur*) (~) (su|tu|sus|tus) (~) (cuenta|identidad|información|datos|contraseña|correo|acceso|tarjeta|perfil|buzón|dispositivo|número)
    (verificación|confirmación|validación|actualización|reactivación) (de|obligatoria|necesaria|requerida) (su|tu|sus|la|) (cuenta|identidad|datos|información|correo|tarjeta|buzón|)
    (verificar|confirmar|validar|activar|desbloquear|actualizar|reactivar) (ahora|aquí|cuenta|mi cuenta|mis datos|identidad|datos)
  `,
  'click-demand': `
    (haga|haz|hacer|haciendo|pulse|pulsa|presione|dar|dando|dé) (clic|click|en|aquí) (~) (aquí|enlace|botón|siguiente|abajo|link|continuación|)
    (ingrese|acceda|accede|ingresa|entre|inicie sesión|inicia sesión|visite) (~) (enlace|aquí|siguiente|cuenta|link|portal|página|botón)
    (siguiente|este) (enlace|link|botón|vínculo)
  `,
  urgency: `
    (urgente|urgentemente|inmediatamente|de inmediato|inmediata|lo antes posible|cuanto antes|a la brevedad|sin demora|último aviso|última notificación|último recordatorio|aviso importante|acción requerida|atención inmediata|última oportunidad)
  `,
  deadline: `
    (en|dentro de|antes de|plazo de|próximas|en las próximas|menos de) (las|un plazo de|los|) (próximas|próximos|) (24|48|72|12|24h|48h|72h|7|3|5|dos|tres) (horas|h|días|hrs|próximas|)
    (vence|caduca|expira) (hoy|mañana|pronto|en)
  `,
  'document-share': `
    (documento|archivo|factura|contrato|documentos|fichero) (~) (compartid*|para firmar|pendiente de firma|adjunto para|disponible|escanead*)
    (ha|han) compartido (~) (documento|archivo|carpeta)
    (ver|abrir|descargar|revisar|visualizar|consultar) (el|la|su|los|) (documento*|archivo*|factura|comprobante|factura electrónica|fax|pdf|notificación)
    (firma electrónica|nuevo fax|mensaje seguro|documento escaneado|buzón de voz)
  `,
  'voice-message': '(mensaje de voz|correo de voz|llamada perdida|buzón de voz|mensaje de audio|nota de voz)',
  'parcel-held': `
    (paquete|envío|pedido|entrega|encomienda) (~) (no pudo|no se pudo|retenid*|detenid*|no ha podido|pendiente|suspendid*|en espera|devuelt*|no entregado|está esperando)
    (intento|problema|fallo) (de|con|en) (la|su|) (entrega|envío|paquete)
    (dirección|número) (~) (incompleta|incorrecta|errónea|faltante|incompleto|equivocada)
  `,
  'delivery-fee': `
    (gastos|tasas|tasa|derechos|costos|tarifa|impuestos|costo|coste|pago) (de|por) (aduana|aduanas|envío|entrega|importación|aduanero|reenvío|manejo|despacho)
    (pagar|abonar|pago de|pague) (~) (gastos|tasas|aduana|aduaneros|envío)
  `,
  refund: `
    (reembolso|devolución|reintegro) (de|por|pendiente|disponible|a su|fiscal|aprobado|del|impuestos)
    (derecho|elegible) (a|para) (~) (reembolso|devolución|reintegro)
    (agencia tributaria|hacienda|sat|dian|seguridad social|aeat) (~) (reembolso|devolución|notificación|deuda|multa|citación|embargo)
    (cobrado|pagado|cargado) (dos veces|doble|duplicad*)
  `,
  prize: `
    (ha|has|usted ha|hemos) (sido|) (ganado|seleccionad*|elegid*|premiad*)
    (felicidades|felicitaciones|enhorabuena) (~) (gan*|seleccionad*|usted|premi*|has)
    (reclam*|canje*|recib*|obten*|cobr*) (~) (premio|regalo|recompensa|puntos|bono|sorteo)
    (encuesta|sorteo) (~) (premio|regalo|recompensa|ganar|minutos|breve)
    puntos (~) (vencer|expirar|vencen|expiran|caducan|por vencer)
  `,
  'subscription-renewal': `
    (suscripción|licencia|membresía|plan|servicio) (~) (renov*|caduc*|expir*|vencid*|vence)
    renovación (automática|de su|de tu)
  `,
  'charge-notice': `
    (importe|monto|cantidad|cargo|pago|compra) (~) (cargad*|cobrad*|debitad*|descontad*|adeudad*|realizad*|procesad*)
    (cargado|cobrado|debitado|descontado) (a|en|de) su (cuenta|tarjeta)
  `,
  'call-us': `
    (llame|llámenos|llamar|contacte|contáctenos|comuníquese|marque|llama) (~) (al|número|teléfono|atención|servicio|inmediatamente|soporte|línea)
    (número gratuito|línea gratuita|atención al cliente al|servicio al cliente al)
  `,
  infected: `
    (ordenador|computadora|equipo|dispositivo|móvil|celular) (~) (infectad*|en riesgo|hackead*|dañad*)
    (virus|amenazas) (~) (detectad*|encontrad*)
    (antivirus|protección|norton|mcafee) (~) (caduc*|expir*|renov*|vencid*)
  `,
  opener: `
    (está|estás|se encuentra) (~) (disponible|en la oficina|ocupad*|libre|en su puesto)
    (tiene|tienes) (~) (un momento|un minuto|unos minutos|tiempo)
    (tarea|favor|gestión|asunto|encargo) (~) (rápid*|urgente|confidencial|importante|pequeñ*)
    (estoy) (~) (en una reunión|en reunión|en una conferencia|reunid*|ocupad*)
    no puedo (~) (hablar|llamar|llamadas|teléfono|contestar)
    (envíame|envíeme|mándame|pásame|dame|facilíteme|indícame) (~) número (de|) (teléfono|móvil|whatsapp|celular|personal)
  `,
  secrecy: `
    (estrictamente|altamente|máxima|absoluta) (confidencial*|confidencialidad|discreción)
    (no|sin) (~) (comente*|comentar|informar|hablar|decir|digas|diga|informe) (~) (nadie)
    (mantener|mantenga|mantén|quede|quedar) (~) (entre nosotros|confidencial|en secreto|discreción)
  `,
  'gift-card':
    '(tarjetas de regalo|tarjeta de regalo|tarjetas regalo|tarjeta regalo|tarjetas itunes|tarjetas google play|tarjetas amazon|tarjetas steam)',
  'payroll-change': `
    (cambi*|actualiz*|modific*|nueva) (~) (cuenta|datos bancarios|domiciliación|depósito directo) (~) (nómina|salario|sueldo)
    (nómina|salario|sueldo) (~) (nueva cuenta|otra cuenta|cuenta nueva|nuevos datos|cambio de cuenta)
  `,
  'bank-change': `
    (datos|cuenta|información|coordenadas) bancari* (~) (~) (cambi*|nuev*|actualiz*|modific*|ya no)
    (nuev*|otra|distinta|diferente|actualizad*) (cuenta|datos|número de cuenta|coordenadas|iban|información|banco) (bancari*|de pago|bancaria|)
    (cambio|actualización|modificación|cambiar|modificar|actualizar) (de|del|en|los|la|nuestra|nuestros|nuestro|de la|de los|de nuestra|de nuestros|de nuestro) (~) (cuenta|datos bancarios|cuenta bancaria|banco|iban|coordenadas bancarias|información bancaria|entidad bancaria)
    (cambiado|hemos cambiado) (~) (banco|cuenta|entidad|bancarios|bancaria)
    (cuenta|iban) (anterior|antigua|actual|habitual|antiguo) (~) (~) (cerrad*|auditor*|cancelad*|bloquead*|inactiv*|no)
    (pagos|pago|transferencias|facturas|transferencia) (~) (~) (a|en) (la|nuestra|esta|una|siguiente) (nueva|siguiente|otra) (~) (cuenta|iban)
    cuenta (bancaria|) nueva
  `,
  'transfer-request': `
    transferencia (bancaria|) (urgente|inmediata|internacional|confidencial)
    (realizar|hacer|efectuar|procesar|ejecutar|gestionar) (~) transferencia (~) (hoy|urgente|inmediata*|internacional|ya|de)
  `,
  inheritance: `
    (herencia|herederos|heredero|heredera|beneficiario|pariente|familiar) (~) (fallecid*|difunt*|cliente|millones|fondos|fondo|más cercano|próximo|banco|legítim*)
    (difunto|fallecido|finado|finada) (~) (cliente|esposo|marido|padre|familiar)
  `,
  lottery:
    '(lotería|loterías|sorteo internacional|el gordo|número ganador|boleto ganador|billete ganador|euromillones|premio mayor)',
  donation: `
    (donar|donación|donativo|donado|dono) (~) (de|millones|euros|dólares|usted|fondos|suma|fortuna|bienes)
    (caridad|orfanato|huérfanos|obras benéficas|menos privilegiad*|necesitados)
  `,
  'fund-offer': `
    (suma|cantidad|monto|total|valor|importe|fondo) de (_|) (_|) (_|) (millones|millón|euros|dólares|000 000)
    (_|) millones (de|) (dólares|euros|usd|libras)
    (propuesta|transacción|socio|asociación) (de|) (negocio|negocios|comercial|confiable|extranjero)
  `,
  'partner-wanted': `
    (soy|mi nombre es|me llamo) (el|la|) (sr|sra|señor|señora|abogado|dr|dra|príncipe|barrister|viuda|director)
    (dios te bendiga|dios le bendiga|querido amigo|querida amiga|estimado amigo|queridísimo|amado|amada|en el nombre de dios|bendiciones|estimado beneficiario|mi querido)
    (su ayuda|su asistencia|su cooperación|su colaboración|persona de confianza)
    (contácteme|contacte|escríbame|responda|escriba) (~) (correo|email|privado|a través|más|detalles)
    (espero|esperando|espera de) (su|tu) (~) respuesta
  `,
  'extortion-recording': `
    (video|vídeo|grab*|cámara|webcam) (~) (masturb*|íntim*|porno*|placer|sexual*|satisfaci*)
    (acceso|control|hackead*) (~) (cámara|webcam|dispositivos|contactos|micrófono|dispositivo)
    (masturb*|sitios pornográficos|sitios para adultos|contenido para adultos|porno|pornográfic*)
    (hacker|troyano|malware|virus|pirata informático) (~) (instal*|dispositivo*|acceso|infect*|profesional)
  `,
  'extortion-payment': `
    (cartera|billetera|monedero|dirección|wallet) (de|) (bitcoin|btc)
    (transfer*|envi*|pag*|deposit*) (~) (bitcoin|bitcoins|btc|en bitcoin)
  `,
  wallet: `
    (frase|clave|claves|palabras) (de recuperación|semilla|secreta|privada|privadas|de seguridad)
    (billetera|wallet|monedero) (~) (verific*|sincroniz*|suspendid*|valid*|actualiz*|conect*)
  `,
  investment: `
    (invertir|inversión|inversiones|trading) (~) (garantizad*|rentab*|bitcoin|cripto*|ganancia*|millones|forex)
    (ingresos pasivos|libertad financiera|hacerse rico|ganar dinero|gana dinero|gane dinero)
  `,
  dating:
    '(mujeres solteras|chicas calientes|mujeres maduras|solteras cerca|citas (online|en línea|adultas)|busco hombre|encuentros sexuales|mujeres rusas)',
  pharmacy:
    '(sin receta|disfunción eréctil|erección|impotencia|farmacia online|próstata|libido|potencia sexual|diabetes tipo)',
  loan: `
    (préstamo|préstamos|crédito|créditos) (~) (rápid*|personal*|oferta|interés|aprobad*|inmediat*|entre particulares|preaprobad*|urgente*|fácil)
    (oferta|ofrecemos|solicite) (~) (préstamo*|crédito*)
  `,
  casino:
    '(casino online|casino en línea|giros gratis|tiradas gratis|tragamonedas|apuestas deportivas|bono de bienvenida)',
  'weight-loss': '(perder peso|bajar de peso|adelgaz*|quema grasa|quemar grasa|dieta keto|kilos de más)',
  'easy-money':
    '(trabajo desde casa|trabaja desde casa|trabajar desde casa|dinero fácil|ingresos extra|sin experiencia|dinero extra|gana desde casa)',
  'search-ranking':
    '(posicionamiento (web|seo|en google)|primera página de google|visitas a su (web|sitio)|diseño web|diseño de páginas|bases de datos de (empresas|correos|emails)|envío masivo|envíos masivos)',
  'sales-pitch':
    '(oferta (especial|exclusiva|limitada)|por tiempo limitado|compre ahora|compra ahora|aproveche|aprovecha|gratis|sin compromiso|garantizado|última oportunidad|increíble|descuento|descuentos|promoción|no te lo pierdas|inscríbase)',
  'not-spam':
    '(no es spam|no puede ser considerado spam|ser removido|darse de baja|dejar de recibir|remover de|ser eliminado de|no desea recibir)',
  'generic-greeting': `
    (estimado|estimada|estimados|querido|apreciado|hola|distinguido|estimad|señor) (señor|) (cliente|clienta|usuario|usuaria|titular|suscriptor|miembro|contribuyente|clientes|usuarios|ciudadano|socio|tarjetahabiente|cuentahabiente)
    (estimado|estimada|hola) (_|_ _) (cliente|usuario|titular|miembro)
  `,
  unsubscribe:
    '(darse de baja|darte de baja|cancelar (la|su|tu|) suscripción|dejar de recibir|ver en (el|tu|su) navegador|gestionar preferencias|si no puede ver|baja)',
  transaction: `
    (número|n|referencia|fecha) (de|) (pedido|factura|seguimiento|cliente|reserva|presupuesto|albarán)
    (subtotal|base imponible|iva|importe total|total factura|dirección de entrega|dirección de facturación|fecha de vencimiento|albarán)
  `,
  'warning-talk':
    '(phishing|estafas|estafadores|suplantación de identidad|correos fraudulentos|nunca (le|te) (pedir*|solicitar*)|nunca pedimos|nunca solicitamos)',
  'if-not-you': `
    si (usted|tú|) no (~) (solicit*|realiz*|reconoc*|has sido|ha sido|hiciste|hizo|fuiste)
    (ignor*|omit*|descart*) (~) (mensaje|correo|email)
  `,
  'help-desk': `
    (soporte|servicio|equipo|departamento|centro|mesa) (técnico|de soporte|de seguridad|de ayuda|informático|de correo|de atención|al cliente)
    (administrador del sistema|administrador de correo|administrador de sistemas|webmaster)
  `,
};
