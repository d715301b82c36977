import type { Stationery } from '../letter.ts';

export const stationery: Stationery = {
  language: 'es',
  greeting: 'Hola, {name}:',
  closing: 'Un saludo,\nEl equipo de {company}',
  unsubscribe: 'Darse de baja',
  browser: 'Ver en el navegador',
  people: ['Lucía Romero', 'Javier Ortega', 'Carmen Vidal', 'Pablo Herrera'],
  companies: [
    ['Maderas Altamira S.L.', 'maderasaltamira.es', 'Polígono Sur 7, 39011 Santander'],
    ['Papelería Central', 'papeleriacentral.es', 'Calle Mayor 21, 50001 Zaragoza'],
    ['Suministros Olmedo', 'suministrosolmedo.com', 'Av. del Puerto 88, 46023 Valencia'],
  ],
};

export const letters = `
invoice
Factura {no}
Adjuntamos los datos de su factura {no} con fecha {date}. Gracias por confiar en nosotros.
El pago vence a los 30 días y puede hacerse por transferencia a nuestra cuenta habitual, indicando el número de factura.
| Base imponible | 298,00 €
| IVA 21 % | 62,58 €
| Importe total | {amount} €
> Ver factura

order
Hemos recibido tu pedido {no}
Gracias por tu compra. Estamos preparando tu pedido y te avisaremos cuando salga de nuestro almacén.
Puedes cambiar la dirección de entrega mientras el pedido no se haya enviado.
| 5 x Archivador | 19,50 €
| Gastos de envío | 3,95 €
| Total | {amount} €
> Ver mi pedido

shipping
Tu pedido está en camino
Tu pedido {no} ha salido hoy con el transportista. El número de seguimiento es {tracking}.
La entrega está prevista para el {date}. Si no estás en casa, dejarán el paquete en el punto de recogida más cercano.
> Seguir el envío

password-reset
Restablecer tu contraseña
Hemos recibido una solicitud para restablecer tu contraseña. Haz clic en el botón para elegir una nueva. El enlace caduca en 24 horas.
Si no has sido tú, ignora este mensaje y tu contraseña seguirá siendo la misma.
> Elegir contraseña

code
{code} es tu código de acceso
Introduce el código {code} para iniciar sesión. Caduca en diez minutos.
No compartas este código con nadie. Nunca te lo pediremos por teléfono ni por correo.

newsletter
Novedades de otoño en nuestra tienda
Este mes hemos visitado el taller de Rosa, que encuaderna a mano desde hace cuarenta años, y nos ha contado cómo elige el papel.
Además, hasta el día 30 tienes un 15 % de descuento en cuadernos y envío gratis a partir de 40 €.
> Leer más

reminder
Recordatorio de pago: factura {no}
Según nuestros registros, la factura {no} del {date} sigue pendiente de pago. Seguramente se trata de un descuido.
Le rogamos que realice la transferencia en los próximos 7 días. Si ya la ha pagado, no tenga en cuenta este aviso.
| Importe pendiente | {amount} €

receipt
Recibo de tu suscripción
Hemos cobrado la cuota mensual de tu suscripción. Se renovará automáticamente el {date}; puedes cancelarla cuando quieras desde tu cuenta.
| Plan Taller | 19,00 €
| Importe cobrado | {amount} €
> Descargar recibo

statement
Tu extracto ya está disponible
El extracto de este mes está disponible en la banca en línea, apartado Documentos.
Recuerda que nunca te pediremos tus claves por correo electrónico. Cuidado con el phishing.

notice
Cierre de la oficina el viernes
El viernes la oficina cerrará a las 14 horas por la revisión de la instalación eléctrica.
Recordad que las hojas de gastos deben entregarse antes del {date} en administración.

quote
Presupuesto {no}
Gracias por su consulta. Le enviamos nuestro presupuesto, válido hasta el {date}.
El plazo de entrega es de unas tres semanas desde la confirmación. Quedo a su disposición para cualquier duda.
| 80 m² tarima de roble | 2.480,00 €
| Transporte | 95,00 €

delay
Retraso en su pedido {no}
Lamentamos informarle de que su pedido {no} se retrasará hasta el {date} por falta de existencias en fábrica.
Si no desea esperar, puede anularlo sin coste desde su cuenta.
> Ver pedido
`;
